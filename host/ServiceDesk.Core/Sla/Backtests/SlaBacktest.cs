using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Backtests;

/// <summary>
/// Folds what happened to tickets under a configuration with drafts, as if it had been in force from the start. What the SLA
/// itself recorded under the policies of then is not believed: nobody was reminded of a promise that there was not.
/// </summary>
/// <param name="fold">The fold.</param>
/// <param name="evolve">The ticket after an event; null before it is opened.</param>
public sealed class SlaBacktest(ISlaFold fold, Func<TicketState?, RecordedEvent, TicketState?> evolve)
{
    private static readonly UnknownEvent Unbelieved = new("sla.of-another-policy", "{}");

    /// <summary>The ticket after all its events with the clocks that it would have; null when it was never opened.</summary>
    /// <param name="events">All events of one ticket, in order from the first.</param>
    /// <param name="configuration">The configuration, the same for all of them.</param>
    public TicketSnapshot? Fold(IEnumerable<RecordedEvent> events, IConfiguration configuration)
    {
        TicketState? ticket = null;
        ValueList<SlaClock> clocks = [];
        foreach (var recorded in events)
        {
            var after = evolve(ticket, recorded);
            if (after is not null)
            {
                clocks = fold.Apply(clocks, ticket, after, Believed(recorded), configuration);
            }

            ticket = after;
        }

        return ticket is null ? null : new TicketSnapshot(ticket, clocks);
    }

    /// <summary>Holds the clocks that a ticket would have against those that it has.</summary>
    /// <param name="folded">What <see cref="Fold"/> gave.</param>
    /// <param name="official">The clocks that the ticket has.</param>
    /// <param name="now">When both are read; not before the last event.</param>
    /// <param name="draft">The configuration of the fold.</param>
    /// <param name="current">The configuration that knows the versions which the official clocks pinned.</param>
    public static TicketComparison Compare(
        TicketSnapshot folded,
        ValueList<SlaClock> official,
        Instant now,
        IConfiguration draft,
        IConfiguration current
    )
    {
        var would = folded.Clocks.ToDictionary(clock => (clock.Metric, clock.Cycle));
        var clocks = new List<ComparedClock>(official.Count);
        foreach (var clock in official)
        {
            would.Remove((clock.Metric, clock.Cycle), out var other);
            clocks.Add(
                new ComparedClock(
                    clock.Metric,
                    clock.Cycle,
                    ClockOutcome.Of(clock, now, current),
                    other is null ? null : ClockOutcome.Of(other, now, draft)
                )
            );
        }

        clocks.AddRange(
            would.Values.Select(clock => new ComparedClock(
                clock.Metric,
                clock.Cycle,
                null,
                ClockOutcome.Of(clock, now, draft)
            ))
        );
        return new TicketComparison(folded.State, clocks.ToValueList());
    }

    // Its place in the ticket's life stays: time goes by with it, and queries are asked.
    private static RecordedEvent Believed(RecordedEvent recorded) =>
        recorded.Event is SlaBreached or SlaThresholdReached or SlaEscalated
            ? recorded with
            {
                Event = Unbelieved,
            }
            : recorded;
}
