using System.Globalization;
using Microsoft.Net.Http.Headers;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Shows comments and attachments: what is public to everyone who reads the ticket, the rest to agents of its desk.</summary>
internal static class ReadConversation
{
    public static async Task<IResult> CommentsAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ITicketConversation conversation,
        IPeople people,
        ICurrentConfiguration configuration
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (comments, _) = await ReadAsync(context, ticket.State, conversation, people, configuration);
        return Results.Ok(new PageAnswer<CommentAnswer>(comments, null));
    }

    public static async Task<IResult> AttachmentsAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ITicketConversation conversation,
        IPeople people,
        ICurrentConfiguration configuration
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (comments, files) = await ReadAsync(context, ticket.State, conversation, people, configuration);
        return Results.Ok(
            new PageAnswer<AttachmentAnswer>(
                [
                    .. comments
                        .SelectMany(comment => comment.Attachments)
                        .Concat(files)
                        .DistinctBy(file => file.Id)
                        .OrderBy(file => file.At)
                        .ThenBy(file => file.Id),
                ],
                null
            )
        );
    }

    public static async Task<IResult> DownloadAsync(
        HttpContext context,
        string key,
        long id,
        TicketDoor door,
        ITicketConversation conversation,
        IFileStore files,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var file = await conversation.FindFileAsync(
            viewer,
            ticket.State,
            id,
            configuration.Snapshot,
            context.RequestAborted
        );
        if (file is null || await files.OpenAsync(file.Sha256, context.RequestAborted) is not { } content)
        {
            return problems.Of(StatusCodes.Status404NotFound, "api.attachment-unknown");
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(
            content,
            file.ContentType,
            file.Name,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""),
            enableRangeProcessing: true
        );
    }

    /// <summary>An attachment as the API shows it.</summary>
    public static AttachmentAnswer Show(
        AttachedFile file,
        Visibility visibility,
        PersonAnswer? author,
        Instant at,
        TicketKey key
    ) =>
        new(
            file.Id,
            file.Name,
            file.ContentType,
            file.Size,
            visibility,
            author,
            at,
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/tickets/{key}/attachments/{file.Id}")
        );

    private static async Task<(IReadOnlyList<CommentAnswer> Comments, IReadOnlyList<AttachmentAnswer> Files)> ReadAsync(
        HttpContext context,
        TicketState ticket,
        ITicketConversation conversation,
        IPeople people,
        ICurrentConfiguration configuration
    )
    {
        var viewer = context.RequireViewer();
        return viewer.WorksOn(ticket.Desk)
            ? await ForAgentAsync(viewer, ticket, conversation, people, configuration.Snapshot, context.RequestAborted)
            : await ForCustomerAsync(
                viewer,
                ticket,
                conversation,
                people,
                configuration.Snapshot,
                context.RequestAborted
            );
    }

    private static async Task<(IReadOnlyList<CommentAnswer>, IReadOnlyList<AttachmentAnswer>)> ForAgentAsync(
        Viewer viewer,
        TicketState ticket,
        ITicketConversation conversation,
        IPeople people,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var read = await conversation.ReadForAgentAsync(viewer, ticket, configuration, cancellation);
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            read.Comments.Select(comment => comment.Author.Person).Concat(read.Files.Select(file => file.Author)),
            cancellation
        );
        return (
            [
                .. read.Comments.Select(comment => new CommentAnswer(
                    comment.Id,
                    comment.Visibility,
                    comment.Body,
                    shown.Show(comment.Author.Person, ticket.Desk),
                    comment.ByCustomer,
                    comment.Channel,
                    comment.At,
                    [.. comment.Files.Select(File)]
                )),
            ],
            [.. read.Files.Select(File)]
        );

        AttachmentAnswer File(Attachment file) =>
            Show(file.File, file.Visibility, shown.Show(file.Author, ticket.Desk), file.At, ticket.Key) with
            {
                RemovedAt = file.Removed?.At,
            };
    }

    private static async Task<(IReadOnlyList<CommentAnswer>, IReadOnlyList<AttachmentAnswer>)> ForCustomerAsync(
        Viewer viewer,
        TicketState ticket,
        ITicketConversation conversation,
        IPeople people,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var read = await conversation.ReadForCustomerAsync(viewer, ticket, configuration, cancellation);
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            read.Comments.Select(comment => comment.Author.Person).Concat(read.Files.Select(file => file.Author)),
            cancellation
        );
        return (
            [
                .. read.Comments.Select(comment => new CommentAnswer(
                    comment.Id,
                    Visibility.Public,
                    comment.Body,
                    shown.Show(comment.Author.Person, ticket.Desk),
                    comment.ByCustomer,
                    comment.Channel,
                    comment.At,
                    [.. comment.Files.Select(File)]
                )),
            ],
            [.. read.Files.Select(File)]
        );

        AttachmentAnswer File(PublicAttachment file) =>
            Show(file.File, Visibility.Public, shown.Show(file.Author, ticket.Desk), file.At, ticket.Key) with
            {
                RemovedAt = file.Removed?.At,
            };
    }
}
