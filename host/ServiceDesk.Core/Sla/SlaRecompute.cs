using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>
/// Computes live clocks as if a new version of their policy or calendar had been in force since they started. What became of a
/// reminder or a breach that stands in the log stays there.
/// </summary>
/// <param name="fold">The fold.</param>
/// <param name="evolve">The ticket after an event; null before it is opened.</param>
public sealed class SlaRecompute(SlaFold fold, Func<TicketState?, RecordedEvent, TicketState?> evolve)
{
    private static readonly UnknownEvent Another = new("sla.of-another-version", "{}");

    /// <summary>The clocks that take the version, as they come out; one that the version promises nothing is left out.</summary>
    /// <param name="events">All events of one ticket, in order from the first.</param>
    /// <param name="clocks">The ticket's clocks after them.</param>
    /// <param name="applied">What is to count.</param>
    /// <param name="configuration">A configuration that knows the version.</param>
    public ValueList<SlaClock> Of(
        IReadOnlyList<RecordedEvent> events,
        ValueList<SlaClock> clocks,
        SlaVersionApplied applied,
        IConfiguration configuration
    )
    {
        var wanted = clocks
            .Where(clock => SlaFold.Takes(clock, applied.Kind, applied.Document, applied.Version))
            .ToDictionary(KeyOf, StringComparer.Ordinal);
        var running = new Dictionary<string, SlaClock>(StringComparer.Ordinal);
        TicketState? ticket = null;
        RecordedEvent? last = null;
        foreach (var recorded in wanted.Count == 0 ? [] : events)
        {
            var after = evolve(ticket, recorded);
            if (after is not null)
            {
                var then = last is null ? [] : Before(clocks, running, last, configuration);
                Step(wanted, running, new TicketChange(ticket, after, recorded, then, configuration), applied);
            }

            (ticket, last) = (after, recorded);
        }

        return wanted.Keys.Where(running.ContainsKey).Select(key => running[key]).ToValueList();
    }

    private static string KeyOf(SlaClock clock) => clock.Marks[0].EventVersion + ":" + clock.Metric;

    // Conditions may ask another clock: those that take the version as they come out, all others as they stood.
    private static ValueList<SlaClock> Before(
        ValueList<SlaClock> clocks,
        Dictionary<string, SlaClock> running,
        RecordedEvent last,
        IConfiguration configuration
    ) =>
        clocks
            .Select(clock => running.GetValueOrDefault(KeyOf(clock)) ?? ClockPast.Behind(clock, last, configuration))
            .OfType<SlaClock>()
            .ToValueList();

    private void Step(
        Dictionary<string, SlaClock> wanted,
        Dictionary<string, SlaClock> running,
        TicketChange change,
        SlaVersionApplied applied
    )
    {
        foreach (var (key, clock) in wanted)
        {
            if (running.TryGetValue(key, out var now))
            {
                running[key] = fold.Next(now, PassedOver(change));
            }
            else if (
                clock.Marks[0].EventVersion == change.Recorded.Version
                && fold.Restart(clock, applied, change, IsAfterEnd(clock, change)) is { } started
            )
            {
                running[key] = started;
            }
        }
    }

    // The cycle before was live until the event that began this one.
    private static bool IsAfterEnd(SlaClock clock, TicketChange change) =>
        change.Clocks.Any(one =>
            one.Metric == clock.Metric && one.Cycle < clock.Cycle && one.Status != ClockStatus.Stopped
        );

    private static TicketChange PassedOver(TicketChange change) =>
        change.Recorded.Event is SlaVersionApplied
            ? change with
            {
                Recorded = change.Recorded with { Event = Another },
            }
            : change;
}
