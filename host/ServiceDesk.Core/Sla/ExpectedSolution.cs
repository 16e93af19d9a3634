using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla;

/// <summary>What a customer may know of when a request will be solved.</summary>
public enum ExpectedState
{
    /// <summary>By an instant, as things stand.</summary>
    ByThen = 1,

    /// <summary>The time was promised and has passed.</summary>
    Late = 2,

    /// <summary>The clock is paused: the time moves on with it.</summary>
    Paused = 3,
}

/// <summary>When a request will be solved, as its customers may know: nothing of the policy but the time.</summary>
/// <param name="State">What there is to say.</param>
/// <param name="DueAt">By when; of a late one, when it was. Null while paused before.</param>
/// <param name="Since">Since when it is paused; null when it is not.</param>
public sealed record ExpectedSolution(ExpectedState State, Instant? DueAt, Instant? Since)
{
    /// <summary>
    /// The expectation at an instant: of the running promises that customers see, the nearest; when none runs, that they are
    /// paused. Null when there is nothing to expect: done, or nothing promised that customers see.
    /// </summary>
    public static ExpectedSolution? Of(TicketSnapshot ticket, Instant now, IConfiguration configuration)
    {
        var live = ticket
            .Clocks.Where(clock => clock.Status != ClockStatus.Stopped && IsSeen(clock, configuration))
            .Select(clock => clock.See(now))
            .ToList();
        var next = live.Where(clock => clock is { Status: ClockStatus.Running, DueAt: not null })
            .MinBy(clock => clock.DueAt);
        if (next is not null)
        {
            var isLate = next.Verdict == ClockVerdict.Breached;
            return new ExpectedSolution(isLate ? ExpectedState.Late : ExpectedState.ByThen, next.DueAt, null);
        }

        return live.Where(clock => clock.Status == ClockStatus.Paused).MaxBy(clock => clock.StartedAt) is { } paused
            ? new ExpectedSolution(ExpectedState.Paused, paused.DueAt, PausedSince(paused))
            : null;
    }

    /// <summary>Whether events changed a clock that customers see, as the ticket stands behind them.</summary>
    public static bool IsMovedBy(TicketSnapshot ticket, IEnumerable<RecordedEvent> events, IConfiguration configuration)
    {
        var seen = ticket.Clocks.Where(clock => IsSeen(clock, configuration)).ToList();
        return events.Any(recorded => seen.Exists(clock => IsChangedBy(clock, recorded)));
    }

    // A breach leaves no mark: that the time has passed is what it says.
    private static bool IsChangedBy(SlaClock clock, RecordedEvent recorded) =>
        recorded.Event switch
        {
            SlaBreached breach => (breach.Metric, breach.Cycle) == (clock.Metric, clock.Cycle),
            SlaCorrected corrected => (corrected.Metric, corrected.Cycle) == (clock.Metric, clock.Cycle),
            _ => clock.Marks.Any(mark => mark.EventVersion == recorded.Version),
        };

    /// <summary>Whether customers see a metric: as its policy says, and where that says nothing, when nothing but being done stops it.</summary>
    public static bool IsSeen(SlaMetric metric) => metric.CustomersSee ?? metric.Stop.All(IsDone);

    // An answer may be owed no longer because all is done; that it is awaited is no expectation of a solution.
    private static bool IsDone(SlaCondition stop) => stop.On == "resolved" || stop.Category == StatusCategory.Done;

    // What teams promise one another is nobody else's.
    private static bool IsSeen(SlaClock clock, IConfiguration configuration) =>
        configuration.AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version)
            is { Type: not AgreementType.Ola } policy
        && policy.Metrics.FirstOrDefault(metric => metric.Id == clock.Metric) is { } found
        && IsSeen(found);

    // One pause may follow another without the clock having run between them.
    private static Instant PausedSince(SlaClock clock)
    {
        var since = clock.Since;
        foreach (var mark in clock.Marks.Reverse())
        {
            if (mark.Kind is ClockMarkKind.Started or ClockMarkKind.Resumed)
            {
                break;
            }

            since = mark.Kind == ClockMarkKind.Paused ? mark.At : since;
        }

        return since;
    }
}
