using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>How promises of a goal went.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Target">What the goal allows.</param>
/// <param name="Calendar">The calendar's id.</param>
/// <param name="Team">Between teams: the id of the team, 0 for none; null for promises to customers.</param>
/// <param name="Met">Kept within the span.</param>
/// <param name="Breached">Broken within the span.</param>
/// <param name="ShareMet">The share that was kept, 0 to 1; null when nothing was decided.</param>
/// <param name="Median">What half of the decided and stopped ones took at most.</param>
/// <param name="NinetyPercent">What nine in ten of them took at most.</param>
/// <param name="Elapsed">What they took together.</param>
/// <param name="OnTrack">Running, with more than a quarter of the time left.</param>
/// <param name="Near">Running, with a quarter of the time or less left.</param>
/// <param name="Broken">Not stopped, and broken.</param>
/// <param name="Paused">Paused, and not broken.</param>
public sealed record GoalAnswer(
    string Policy,
    string Metric,
    Duration Target,
    string Calendar,
    long? Team,
    int Met,
    int Breached,
    double? ShareMet,
    Duration? Median,
    Duration? NinetyPercent,
    Duration Elapsed,
    int OnTrack,
    int Near,
    int Broken,
    int Paused
)
{
    internal static GoalAnswer Of(GoalFigure one) =>
        new(
            one.Goal.Policy,
            one.Goal.Metric,
            one.Goal.Target,
            one.Goal.Calendar,
            one.Goal.Team,
            one.Met,
            one.Breached,
            one.ShareMet,
            one.Median,
            one.NinetyPercent,
            one.Elapsed,
            one.OnTrack,
            one.Near,
            one.Broken,
            one.Paused
        );
}

/// <summary>Promises of a span, by goal.</summary>
public sealed record PromisesAnswer(Instant From, Instant To, string Zone, IReadOnlyList<GoalAnswer> Goals);

/// <summary>An hour of the week, 0 is Monday from midnight, that has any.</summary>
public sealed record HourAnswer(int Hour, int Count, int Breached);

/// <summary>Promises of a span by the hour of the week.</summary>
public sealed record HoursAnswer(Instant From, Instant To, string Zone, IReadOnlyList<HourAnswer> Hours);

/// <summary>How long tickets were with somebody.</summary>
/// <param name="Cause">With whom.</param>
/// <param name="Team">For the cause team: its id, 0 for none.</param>
/// <param name="Time">How long together, as a wall clock counts.</param>
public sealed record CauseAnswer(WaitCause Cause, long? Team, Duration Time);

/// <summary>A status in which time passed within hours.</summary>
public sealed record StatusTimeAnswer(string Type, string Status, Duration Time);

/// <summary>With whom the time of promises passed.</summary>
/// <param name="Causes">The longest first.</param>
/// <param name="Statuses">The longest first.</param>
/// <param name="StillRunning">How many of the promises are not stopped and not in here.</param>
public sealed record CausesAnswer(
    IReadOnlyList<CauseAnswer> Causes,
    IReadOnlyList<StatusTimeAnswer> Statuses,
    int StillRunning
)
{
    internal static CausesAnswer Of(CauseReport report) =>
        new(
            [.. report.Causes.Select(one => new CauseAnswer(one.Cause, one.Team, one.Time))],
            [.. report.Statuses.Select(one => new StatusTimeAnswer(one.Type, one.Status, one.Time))],
            report.StillRunning
        );
}

/// <summary>A promise that a figure counts.</summary>
/// <param name="Ticket">The ticket's key.</param>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="Status">Running, paused or stopped.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Target">What the goal allows.</param>
/// <param name="Calendar">The calendar's id.</param>
/// <param name="Team">The id of the team that had it last, 0 for none.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="DecidedAt">When it was kept or broken.</param>
/// <param name="StoppedAt">When it stopped.</param>
/// <param name="Elapsed">Working time when it last changed.</param>
/// <param name="PausedFor">How long it was paused; zero while it is not stopped.</param>
/// <param name="Was">The verdict before a correction.</param>
/// <param name="LongestWith">With whom most of its time passed; null while it is not stopped.</param>
public sealed record PromiseAnswer(
    string Ticket,
    string Policy,
    string Metric,
    int Cycle,
    ClockStatus Status,
    ClockVerdict Verdict,
    Duration Target,
    string Calendar,
    long Team,
    Instant StartedAt,
    Instant? DecidedAt,
    Instant? StoppedAt,
    Duration Elapsed,
    Duration PausedFor,
    ClockVerdict? Was,
    WaitCause? LongestWith
)
{
    internal static PromiseAnswer Of(ListedPromise one) =>
        new(
            one.Ticket.State.Key.ToString(),
            one.Line.Goal.Policy,
            one.Line.Metric,
            one.Line.Cycle,
            one.Line.Status,
            one.Line.Verdict,
            one.Line.Goal.Target,
            one.Line.Goal.Calendar,
            one.Line.Goal.Team ?? 0,
            one.Line.StartedAt,
            one.Line.DecidedAt,
            one.Line.StoppedAt,
            one.Line.Elapsed,
            one.Line.PausedFor,
            one.Line.Was,
            one.Longest?.Cause
        );
}

/// <summary>What was promised to a customer in a month, and how it went.</summary>
/// <param name="Organization">The customer's short name.</param>
/// <param name="From">The month's first instant.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="Opened">Tickets opened.</param>
/// <param name="Solved">Tickets solved.</param>
/// <param name="Met">Kept promises.</param>
/// <param name="Breached">Broken promises.</param>
/// <param name="Goals">By goal.</param>
/// <param name="Causes">With whom the time of the decided promises passed.</param>
/// <param name="BreachedPromises">The broken ones, at most 500.</param>
/// <param name="Corrected">Those that two people corrected.</param>
public sealed record StatementAnswer(
    string Organization,
    Instant From,
    Instant To,
    int Opened,
    int Solved,
    int Met,
    int Breached,
    IReadOnlyList<GoalAnswer> Goals,
    CausesAnswer Causes,
    IReadOnlyList<PromiseAnswer> BreachedPromises,
    IReadOnlyList<PromiseAnswer> Corrected
)
{
    internal static StatementAnswer Of(Statement one) =>
        new(
            one.Organization.Key,
            one.Month.From,
            one.Month.To,
            one.Opened,
            one.Solved,
            one.Met,
            one.Missed,
            [.. one.Goals.Select(GoalAnswer.Of)],
            CausesAnswer.Of(one.Causes),
            [.. one.Breached.Select(PromiseAnswer.Of)],
            [.. one.Corrected.Select(PromiseAnswer.Of)]
        );
}
