using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Computes clocks again from a ticket's first event, to check what the grain keeps.</summary>
/// <param name="fold">The fold.</param>
/// <param name="evolve">The ticket after an event; null before it is opened.</param>
public sealed class SlaRefold(ISlaFold fold, Func<TicketState?, RecordedEvent, TicketState?> evolve)
{
    /// <summary>The clocks after all events of a ticket, given in order from the first; equal to those that were kept.</summary>
    /// <param name="configurationAt">The configuration at a revision, as events carry it.</param>
    public ValueList<SlaClock> Recompute(IEnumerable<RecordedEvent> events, Func<long, IConfiguration> configurationAt)
    {
        TicketState? ticket = null;
        ValueList<SlaClock> clocks = [];
        foreach (var recorded in events)
        {
            var after = evolve(ticket, recorded);
            if (after is not null)
            {
                clocks = fold.Apply(clocks, ticket, after, recorded, configurationAt(recorded.ConfigurationRevision));
            }

            ticket = after;
        }

        return clocks;
    }
}
