using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Brings tickets that are needed at once into memory together: one statement instead of one for each.</summary>
public sealed class TicketWarming(HotTickets hot, ITicketSnapshots snapshots)
{
    /// <summary>Reads the tickets that are not in memory yet. What another node changes meanwhile is found by the commit's version check.</summary>
    public async Task WarmAsync(IEnumerable<TicketId> tickets, CancellationToken cancellation)
    {
        var cold = tickets.Distinct().Where(ticket => !hot.Knows(ticket)).ToList();
        if (cold.Count < 2)
        {
            return;
        }

        foreach (var snapshot in (await snapshots.FindAsync(cold, cancellation)).Values)
        {
            hot.Offer(snapshot);
        }
    }
}
