using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Access;

/// <summary>How much of a ticket's conversation a viewer reads who was shown the ticket.</summary>
internal static class ReadableConversation
{
    /// <summary>What is public; for who is only asked for an approval, the files with which the ticket was opened.</summary>
    public static async Task<PublicConversation> ReadForCustomerAsync(
        this ITicketConversation conversation,
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        TicketAccess.MayRead(viewer, ticket)
            ? await conversation.ReadPublicAsync(ticket.Id, cancellation)
            : new PublicConversation([], await conversation.ReadOpeningFilesAsync(ticket.Id, cancellation));

    /// <summary>A file; null when there is none that the viewer may read. Internal ones are looked for only where the viewer works on the desk.</summary>
    public static async Task<AttachedFile?> FindFileAsync(
        this ITicketConversation conversation,
        Viewer viewer,
        TicketState ticket,
        long id,
        CancellationToken cancellation
    ) =>
        viewer.WorksOn(ticket.Desk) ? (await conversation.FindAttachmentAsync(ticket.Id, id, cancellation))?.File
        : TicketAccess.MayRead(viewer, ticket)
            ? (await conversation.FindPublicAttachmentAsync(ticket.Id, id, cancellation))?.File
        : (await conversation.ReadOpeningFilesAsync(ticket.Id, cancellation))
            .FirstOrDefault(file => file.File.Id == id && file.Removed is null)
            ?.File;
}
