using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>Finds a ticket's file for somebody who may read it; rights are read anew each time.</summary>
public sealed class FileLookup(
    ITicketQueries queries,
    ITicketConversation conversation,
    ICurrentConfiguration configuration
)
{
    /// <summary>The file; null when there is none, or the viewer may not know of it.</summary>
    public async Task<AttachedFile?> FindAsync(Viewer viewer, string key, long id, CancellationToken cancellation) =>
        TicketKey.TryParse(key, out var ticketKey)
        && await queries.FindByKeyAsync(viewer, ticketKey, cancellation) is { } ticket
            ? await conversation.FindFileAsync(viewer, ticket.State, id, configuration.Snapshot, cancellation)
            : null;
}
