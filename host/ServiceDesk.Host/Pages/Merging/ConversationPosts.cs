using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Pages.Merging;

/// <summary>A comment where it is read: on its own ticket, or on the one into which that was merged.</summary>
/// <param name="Comment">What was written.</param>
/// <param name="Anchor">Its place on the page.</param>
/// <param name="Prefix">Where its files are.</param>
/// <param name="Images">Images that it may show.</param>
/// <param name="From">The merged ticket on which it was written; null on its own.</param>
public sealed record ConversationPost(
    Comment Comment,
    string Anchor,
    string Prefix,
    ProseImages Images,
    TicketKey? From
)
{
    /// <summary>The ticket that it became; null when it is none.</summary>
    public TicketOffspring? SplitOff { get; init; }

    /// <summary>Its files, as they are shown.</summary>
    public IReadOnlyList<AttachmentLink> Links(Func<PersonId?, string> nameOf) =>
        [.. Comment.Files.Select(file => AttachmentLink.Of(Prefix, file, nameOf))];

    /// <summary>What was taken out of it.</summary>
    public IEnumerable<RedactionLine> Redactions(Func<PersonId?, string> nameOf) =>
        Comment.Redactions.Select(mark => RedactionLine.Of(mark, nameOf));

    /// <summary>Who took something out of it.</summary>
    public IEnumerable<PersonId> Redactors =>
        Comment
            .Redactions.Concat(Comment.Files.Select(file => file.Removed).OfType<RedactionMark>())
            .Select(mark => mark.By)
            .OfType<PersonId>();
}

/// <summary>Puts the conversations of merged tickets together for agents. Of a ticket whose desk a viewer does not work on nothing is read.</summary>
public sealed class ConversationPosts(
    TakenTickets taken,
    ITicketConversation conversation,
    ICurrentConfiguration configuration,
    IHttpContextAccessor request
)
{
    /// <summary>The conversation of a ticket and of those that were merged into it, by time.</summary>
    /// <param name="own">The ticket's own conversation.</param>
    public async Task<IReadOnlyList<ConversationPost>> OfAsync(
        Viewer viewer,
        TicketState ticket,
        FullConversation own,
        CancellationToken cancellation
    )
    {
        var posts = new List<ConversationPost>(Posts(ticket, own, from: null));
        foreach (var other in await taken.OfAsync(ticket, cancellation))
        {
            if (viewer.WorksOn(other.Desk))
            {
                var full = await conversation.ReadForAgentAsync(viewer, other, configuration.Snapshot, cancellation);
                var whole = full with { Comments = [Opening(other, full), .. full.Comments] };
                posts.AddRange(Posts(other, whole, other.Key));
            }
        }

        return [.. posts.OrderBy(post => post.Comment.At)];
    }

    // What was asked is the first that was written on a ticket.
    private static Comment Opening(TicketState ticket, FullConversation full) =>
        new(
            0,
            Visibility.Public,
            Actor.Of(ticket.Requester),
            ticket.Description.Length > 0
                ? $"**{Plain(ticket.Summary)}**\n\n{ticket.Description}"
                : Plain(ticket.Summary),
            ticket.CreatedAt,
            ByCustomer: true,
            null,
            full.Files
        )
        {
            Redactions = full.Redactions,
        };

    // A summary is no Markdown: its signs stand for themselves.
    private static string Plain(string summary) =>
        string.Concat(
            summary.Select(sign =>
                char.IsAsciiLetterOrDigit(sign) || sign is ' ' || sign > 127 ? $"{sign}" : $"\\{sign}"
            )
        );

    private IEnumerable<ConversationPost> Posts(TicketState ticket, FullConversation full, TicketKey? from)
    {
        var prefix = FileRoutes.PrefixOf(request.HttpContext!, ticket.Key);
        var images = new ProseImages(prefix, [.. ImagesOf(full)]);
        return full.Comments.Select(comment => new ConversationPost(
            comment,
            from is null ? $"c{comment.Id}" : $"c-{from}-{comment.Id}",
            prefix,
            images,
            from
        )
        {
            SplitOff = ticket.Offspring.FirstOrDefault(child => child.Comment == comment.Id),
        });
    }

    private static IEnumerable<AttachedFile> ImagesOf(FullConversation full) =>
        full
            .Files.Concat(full.Comments.SelectMany(comment => comment.Files))
            .Where(attachment => attachment.Removed is null)
            .Select(attachment => attachment.File)
            .Where(file => MediaTypes.IsImage(file.ContentType));
}
