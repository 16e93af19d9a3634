using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Access;

/// <summary>How much of a ticket's conversation a viewer reads who was shown the ticket.</summary>
internal static class ReadableConversation
{
    /// <summary>What is public; for who is only asked for an approval, the files with which the ticket was opened. Files of fields that the viewer does not see are left out.</summary>
    public static async Task<PublicConversation> ReadForCustomerAsync(
        this ITicketConversation conversation,
        Viewer viewer,
        TicketState ticket,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var whole = TicketAccess.MayRead(viewer, ticket)
            ? await conversation.ReadPublicAsync(ticket.Id, cancellation)
            : new PublicConversation([], await conversation.ReadOpeningFilesAsync(ticket.Id, cancellation));
        var hidden = FileSight.HiddenFrom(viewer, ticket, configuration);
        return hidden.Count == 0
            ? whole
            : whole with
            {
                Comments = whole.Comments.Select(one => one with { Files = Seen(one.Files) }).ToValueList(),
                Files = Seen(whole.Files),
            };

        ValueList<PublicAttachment> Seen(ValueList<PublicAttachment> files) =>
            files.Where(file => !hidden.Contains(file.File.Id)).ToValueList();
    }

    /// <summary>Everything, for agents of the desk; files of fields that the viewer does not see are left out.</summary>
    public static async Task<FullConversation> ReadForAgentAsync(
        this ITicketConversation conversation,
        Viewer viewer,
        TicketState ticket,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var whole = await conversation.ReadFullAsync(ticket.Id, cancellation);
        var hidden = FileSight.HiddenFrom(viewer, ticket, configuration);
        return hidden.Count == 0
            ? whole
            : whole with
            {
                Comments = whole.Comments.Select(one => one with { Files = Seen(one.Files) }).ToValueList(),
                Files = Seen(whole.Files),
            };

        ValueList<Attachment> Seen(ValueList<Attachment> files) =>
            files.Where(file => !hidden.Contains(file.File.Id)).ToValueList();
    }

    /// <summary>A file; null when there is none that the viewer may read. Internal ones are looked for only where the viewer works on the desk.</summary>
    public static async Task<AttachedFile?> FindFileAsync(
        this ITicketConversation conversation,
        Viewer viewer,
        TicketState ticket,
        long id,
        IConfiguration configuration,
        CancellationToken cancellation
    ) =>
        FileSight.HiddenFrom(viewer, ticket, configuration).Contains(id) ? null
        : viewer.WorksOn(ticket.Desk) ? (await conversation.FindAttachmentAsync(ticket.Id, id, cancellation))?.File
        : TicketAccess.MayRead(viewer, ticket)
            ? (await conversation.FindPublicAttachmentAsync(ticket.Id, id, cancellation))?.File
        : (await conversation.ReadOpeningFilesAsync(ticket.Id, cancellation))
            .FirstOrDefault(file => file.File.Id == id && file.Removed is null)
            ?.File;
}
