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
    private static readonly UnknownEvent PassedOver = new("sla.of-another-version", "{}");

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
            .ToDictionary(clock => clock.Marks[0].EventVersion + ":" + clock.Metric, StringComparer.Ordinal);
        var running = new Dictionary<string, SlaClock>(StringComparer.Ordinal);
        TicketState? ticket = null;
        foreach (var recorded in wanted.Count == 0 ? [] : events)
        {
            var after = evolve(ticket, recorded);
            if (after is not null)
            {
                Step(wanted, running, new TicketChange(ticket, after, recorded, [], configuration), applied);
            }

            ticket = after;
        }

        return wanted.Keys.Where(running.ContainsKey).Select(key => running[key]).ToValueList();
    }

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
                running[key] = Next(now, change);
            }
            else if (
                clock.Marks[0].EventVersion == change.Recorded.Version
                && fold.Restart(clock, applied, change) is { } started
            )
            {
                running[key] = started;
            }
        }
    }

    // Alone: what else the event starts is no matter here.
    private SlaClock Next(SlaClock clock, TicketChange change)
    {
        var recorded =
            change.Recorded.Event is SlaVersionApplied ? change.Recorded with { Event = PassedOver } : change.Recorded;
        return fold.Apply([clock], change.Before, change.After, recorded, change.Configuration)[0];
    }
}
