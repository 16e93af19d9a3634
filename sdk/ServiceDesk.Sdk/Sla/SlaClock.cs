using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Sla;

/// <summary>Whether a clock counts.</summary>
public enum ClockStatus
{
    /// <summary>It counts working time.</summary>
    Running = 1,

    /// <summary>A pause condition holds.</summary>
    Paused = 2,

    /// <summary>A stop, cancel or reset condition came: the verdict is final.</summary>
    Stopped = 3,
}

/// <summary>What became of the promise.</summary>
public enum ClockVerdict
{
    /// <summary>Not yet decided: the target is not reached.</summary>
    Open = 1,

    /// <summary>Stopped before the target was reached.</summary>
    Met = 2,

    /// <summary>The target was reached, whether or not the clock still runs.</summary>
    Breached = 3,

    /// <summary>It ended without a verdict before the target was reached: cancelled, or begun anew.</summary>
    Cancelled = 4,
}

/// <summary>What happened to a clock at a mark.</summary>
public enum ClockMarkKind
{
    /// <summary>A start condition came.</summary>
    Started = 1,

    /// <summary>A pause condition began to hold.</summary>
    Paused = 2,

    /// <summary>No pause condition holds any longer.</summary>
    Resumed = 3,

    /// <summary>A stop condition came.</summary>
    Stopped = 4,

    /// <summary>Another goal applies from here: target or calendar changed; elapsed time stays.</summary>
    GoalChanged = 5,

    /// <summary>A cancel condition came: the cycle ended without a verdict.</summary>
    Cancelled = 6,

    /// <summary>A reset condition came: the cycle ended without a verdict and the next began from zero.</summary>
    Reset = 7,

    /// <summary>A new version of its policy or calendar counts from here on; elapsed time stays.</summary>
    VersionApplied = 11,

    /// <summary>It was counted again under a new version of its policy or calendar, up to here.</summary>
    Recomputed = 12,
}

/// <summary>A point at which a clock changed, with the event that caused it.</summary>
/// <param name="Kind">What happened to the clock.</param>
/// <param name="At">When.</param>
/// <param name="EventVersion">The version of the causing event in its ticket.</param>
/// <param name="Condition">The condition of the metric that held, in the policy's notation, such as <c>status = waiting-for-customer</c>.</param>
/// <param name="Target">The target from here on.</param>
/// <param name="Calendar">The calendar from here on, with its version.</param>
public sealed record ClockMark(
    ClockMarkKind Kind,
    Instant At,
    long EventVersion,
    string Condition,
    Duration Target,
    DocumentVersion Calendar
);

/// <summary>A document of the configuration at one of its versions.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Version">1 for the document as it was first written.</param>
public sealed record DocumentVersion(string Id, int Version);

/// <summary>A running or finished promise on a ticket: the running state of a pure fold over its events.</summary>
public sealed record SlaClock
{
    /// <summary>The policy under which it started, with its version then.</summary>
    public required DocumentVersion Policy { get; init; }

    /// <summary>The metric's id in the policy, such as <c>time-to-resolution</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>1 for the metric's first run on this ticket.</summary>
    public required int Cycle { get; init; }

    /// <summary>The index of the goal in the metric's list.</summary>
    public required int Goal { get; init; }

    /// <summary>How much working time the goal allows.</summary>
    public required Duration Target { get; init; }

    /// <summary>The calendar that counts, with its pinned version.</summary>
    public required DocumentVersion Calendar { get; init; }

    /// <summary>Whether it counts.</summary>
    public required ClockStatus Status { get; init; }

    /// <summary>What became of the promise.</summary>
    public required ClockVerdict Verdict { get; init; }

    /// <summary>When it started.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required Instant Since { get; init; }

    /// <summary>Working time counted up to <see cref="Since"/>.</summary>
    public required Duration Elapsed { get; init; }

    /// <summary>When the target is (or was) reached. While paused or after a stop within the target: null.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>When it was stopped; null while it is not.</summary>
    public Instant? StoppedAt { get; init; }

    /// <summary>Thresholds before the target whose event is still to be recorded, soonest first. Empty after a stop.</summary>
    public ValueList<ClockThreshold> Thresholds { get; init; } = [];

    /// <summary>Escalation levels whose event is still to be recorded, before the target and after it, soonest first. Empty after a stop.</summary>
    public ValueList<ClockThreshold> Levels { get; init; } = [];

    /// <summary>What was recorded in this cycle: labels of thresholds, <c>breach</c>, and <c>level:</c> before escalation levels. None is recorded twice, also when the goal changes.</summary>
    public ValueList<string> Recorded { get; init; } = [];

    /// <summary>Every change, oldest first; the first is the start.</summary>
    public required ValueList<ClockMark> Marks { get; init; }

    /// <summary>What it was before two people corrected it; null when nobody did.</summary>
    public ClockCorrection? Correction { get; init; }
}

/// <summary>A reminder point or an escalation level of a goal.</summary>
/// <param name="Label">As configured, such as <c>75%</c>, <c>PT30M</c> or, of a level, <c>+PT1H</c>.</param>
/// <param name="After">The elapsed working time at which it is reached.</param>
/// <param name="DueAt">When it is (or was) reached if the clock goes on running; null while paused before it.</param>
public sealed record ClockThreshold(string Label, Duration After, Instant? DueAt = null);
