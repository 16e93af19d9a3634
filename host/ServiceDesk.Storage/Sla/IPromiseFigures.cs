using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Sla;

/// <summary>
/// Counts promises, and lists what a count counts. Agents count those of tickets on desks on which they work; customers those
/// of tickets that they see, of the policies that they may read.
/// </summary>
public interface IPromiseFigures
{
    /// <summary>How promises went, by goal: those that were decided within the span, and those that run now.</summary>
    Task<IReadOnlyList<GoalFigure>> GoalsAsync(Viewer viewer, PromiseQuestion question, CancellationToken cancellation);

    /// <summary>When promises of a state came to it, in quarters of an hour that have any, in order.</summary>
    Task<IReadOnlyList<QuarterFigure>> QuartersAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    );

    /// <summary>With whom tickets were while their clocks ran. Of clocks that are stopped.</summary>
    Task<IReadOnlyList<StayFigure>> StaysAsync(Viewer viewer, PromiseQuestion question, CancellationToken cancellation);

    /// <summary>How the tickets of the clocks in a list spent their time. Of clocks that are stopped.</summary>
    Task<ILookup<(TicketId Ticket, string Metric, int Cycle), StayFigure>> StaysAsync(
        IReadOnlyCollection<PromiseLine> lines,
        CancellationToken cancellation
    );

    /// <summary>Exactly what a figure counts, one line a clock, and how many there are in all.</summary>
    Task<(IReadOnlyList<PromiseLine> Lines, int Count)> ListAsync(
        Viewer viewer,
        PromiseQuestion question,
        int skip,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>How many promises there are that are not stopped.</summary>
    Task<int> CountUnstoppedAsync(Viewer viewer, PromiseQuestion question, CancellationToken cancellation);

    /// <summary>How many tickets that the viewer sees were opened, and how many solved, within the span.</summary>
    Task<(int Opened, int Solved)> TicketsAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    );
}

/// <summary>Which promises.</summary>
public enum PromiseState
{
    /// <summary>Kept or broken within the span.</summary>
    Decided = 1,

    /// <summary>Kept within the span.</summary>
    Met = 2,

    /// <summary>Broken within the span.</summary>
    Breached = 3,

    /// <summary>Started within the span.</summary>
    Started = 4,

    /// <summary>Kept or broken within the span, and counted otherwise by two people.</summary>
    Corrected = 5,

    /// <summary>Not stopped.</summary>
    Live = 10,

    /// <summary>Running, with more than a quarter of the time left.</summary>
    OnTrack = 11,

    /// <summary>Running, with a quarter of the time or less left.</summary>
    Near = 12,

    /// <summary>Not stopped, and broken.</summary>
    Broken = 13,

    /// <summary>Paused, and not broken.</summary>
    Paused = 14,
}

/// <summary>A question about promises. What is null or empty does not narrow it.</summary>
public sealed record PromiseQuestion
{
    /// <summary>To customers, or between teams.</summary>
    public AgreementType Agreement { get; init; } = AgreementType.Sla;

    /// <summary>The first instant of the span.</summary>
    public required Instant From { get; init; }

    /// <summary>The first instant behind it.</summary>
    public required Instant To { get; init; }

    /// <summary>What is now.</summary>
    public required Instant Now { get; init; }

    /// <summary>In which hours and days are told.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>In which state.</summary>
    public PromiseState State { get; init; } = PromiseState.Decided;

    /// <summary>Only of these policies; a customer's are always given.</summary>
    public ValueList<string> Policies { get; init; } = [];

    /// <summary>Whether it is asked for a customer: what the viewer sees counts, not the desks on which the viewer works.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>The metric's id.</summary>
    public string? Metric { get; init; }

    /// <summary>The calendar's id.</summary>
    public string? Calendar { get; init; }

    /// <summary>What the goal allows.</summary>
    public Duration? Target { get; init; }

    /// <summary>The team that had it last; 0 for none.</summary>
    public long? Team { get; init; }

    /// <summary>The customer; 0 for none.</summary>
    public long? Organization { get; init; }

    /// <summary>The desk's key.</summary>
    public string? Desk { get; init; }

    /// <summary>The hour of the week in which it came to its state; 0 is Monday from midnight.</summary>
    public int? Hour { get; init; }

    /// <summary>Clocks of which time passed so.</summary>
    public ValueList<StayKey> Stays { get; init; } = [];

    /// <summary>Whether figures are told apart by team.</summary>
    public bool ByTeam { get; init; }

    /// <summary>Whether the state is of now rather than of the span.</summary>
    public bool IsLive => State >= PromiseState.Live;
}

/// <summary>A way in which time passes.</summary>
public sealed record StayKey(LedgerSegmentKind Kind, string Type, string Status, long Team, bool IsAssigned);

/// <summary>What was promised.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Target">What the goal allows.</param>
/// <param name="Calendar">The calendar's id.</param>
/// <param name="Team">The team, 0 for none; null when teams are not told apart.</param>
public sealed record PromisedGoal(string Policy, string Metric, Duration Target, string Calendar, long? Team);

/// <summary>How promises of a goal went.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Met">Kept within the span.</param>
/// <param name="Breached">Broken within the span.</param>
/// <param name="Median">What half of the decided ones that are stopped took at most, in whole minutes; null for none.</param>
/// <param name="NinetyPercent">What nine in ten of them took at most; null for none.</param>
/// <param name="Elapsed">What they took together, in whole minutes each.</param>
/// <param name="OnTrack">Running.</param>
/// <param name="Near">Running, with little time left.</param>
/// <param name="Broken">Not stopped, and broken.</param>
/// <param name="Paused">Paused, and not broken.</param>
public sealed record GoalFigure(
    PromisedGoal Goal,
    int Met,
    int Breached,
    Duration? Median,
    Duration? NinetyPercent,
    Duration Elapsed,
    int OnTrack,
    int Near,
    int Broken,
    int Paused
)
{
    /// <summary>The share of the decided ones that was kept; null when none is decided.</summary>
    public double? ShareMet => Met + Breached == 0 ? null : (double)Met / (Met + Breached);
}

/// <summary>How many promises were decided, or started, in a quarter of an hour.</summary>
public sealed record QuarterFigure(Instant From, int Count, int Breached);

/// <summary>How long tickets were somewhere while their clocks' time passed.</summary>
/// <param name="Key">Where.</param>
/// <param name="Time">How long together.</param>
/// <param name="Clocks">How many clocks.</param>
public sealed record StayFigure(StayKey Key, Duration Time, int Clocks);

/// <summary>A promise in a list.</summary>
public sealed record PromiseLine(
    TicketId Ticket,
    string Metric,
    int Cycle,
    PromisedGoal Goal,
    ClockStatus Status,
    ClockVerdict Verdict,
    Instant StartedAt,
    Instant? DecidedAt,
    Instant? StoppedAt,
    Instant? DueAt,
    Duration Elapsed,
    Duration PausedFor,
    Duration OutsideHoursFor,
    ClockVerdict? Was,
    Duration ElapsedWas
)
{
    /// <summary>By how much the target was passed; negative when time was left.</summary>
    public Duration Over => Elapsed - Goal.Target;
}
