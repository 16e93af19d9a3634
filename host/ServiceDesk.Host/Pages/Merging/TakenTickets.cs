using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Pages.Merging;

/// <summary>Finds the tickets that are one with another: those that were merged into it, and into those again.</summary>
public sealed class TakenTickets(ITicketStore store)
{
    private const int Most = 100;

    /// <summary>The tickets, in the order in which they came; at most 100. Who looks may not see all of them: ask before showing one.</summary>
    public async Task<IReadOnlyList<TicketState>> OfAsync(TicketState ticket, CancellationToken cancellation)
    {
        var found = new Dictionary<TicketId, TicketState>();
        var open = new Queue<TicketState>([ticket]);
        while (open.TryDequeue(out var stays) && found.Count < Most)
        {
            foreach (var taken in stays.TakenIn.Where(one => one.Ticket != ticket.Id && !found.ContainsKey(one.Ticket)))
            {
                // An undoing may not have come through yet: the merged ticket itself says whether it is.
                if (
                    await store.LoadAsync(taken.Ticket, cancellation) is { State: var other }
                    && other.Merged?.Ticket == stays.Id
                )
                {
                    found[other.Id] = other;
                    open.Enqueue(other);
                }
            }
        }

        return [.. found.Values.Take(Most)];
    }
}
