using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The ticket of an address, for those who work on its desk.</summary>
public sealed class OpenedTicket(ITicketQueries tickets)
{
    /// <summary>The ticket; null when there is none, or none that the viewer works on.</summary>
    public async Task<TicketSnapshot?> FindAsync(Viewer viewer, string key, CancellationToken cancellation)
    {
        var ticket = TicketKey.TryParse(key, out var parsed)
            ? await tickets.FindByKeyAsync(viewer, parsed, cancellation)
            : null;
        return ticket is not null && viewer.WorksOn(ticket.State.Desk) ? ticket : null;
    }
}
