using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Intake.Branching;

/// <summary>What a copy takes along besides words, fields, priority and labels.</summary>
/// <param name="Channel">By which way it was asked.</param>
/// <param name="Files">Whether files come along, internal ones as internal.</param>
/// <param name="Participants">Whether participants come along who may still use the product.</param>
/// <param name="Summary">Another summary; null for the same.</param>
public sealed record CopyChoice(Channel Channel, bool Files, bool Participants, string? Summary = null);

/// <summary>Puts together the commands that open a ticket out of another one, for pages, API and scripts. Ask only for tickets on whose desk the asker works: internal text is read.</summary>
public sealed class TicketBranches(
    ITicketConversation conversation,
    IPeople people,
    ICurrentConfiguration configuration
)
{
    /// <summary>The message with this id; null when the ticket has none.</summary>
    public async Task<SplitMessage?> FindMessageAsync(TicketState ticket, long comment, CancellationToken cancellation)
    {
        var whole = await conversation.ReadFullAsync(ticket.Id, cancellation);
        if (whole.Comments.FirstOrDefault(one => one.Id == comment) is not { } found)
        {
            return null;
        }

        // A picture may have come with another message. An internal one does not become public by being shown.
        var images = Splitting.ImagesIn(found.Body).ToHashSet();
        var shown = whole
            .Files.Concat(whole.Comments.SelectMany(one => one.Files))
            .Where(file =>
                IsFree(ticket, file)
                && images.Contains(file.File.Id)
                && MediaTypes.IsImage(file.File.ContentType)
                && (file.Visibility == Visibility.Public || found.Visibility == Visibility.Internal)
            );
        return new SplitMessage(
            found.Id,
            found.Visibility,
            found.Author.Person,
            found.ByCustomer,
            found.Body,
            found
                .Files.Where(file => IsFree(ticket, file))
                .Concat(shown)
                .Select(file => file.File)
                .DistinctBy(file => file.Id)
                .ToValueList()
        );
    }

    /// <summary>Where a message goes when not everything was said: to the desk of the request type or of the ticket; there as the ticket's type.</summary>
    public SplitWish WishOf(TicketState ticket, string? desk, string? type, string? requestType, Channel channel)
    {
        var asked =
            requestType is not null && configuration.Snapshot.TryGet<RequestTypeDocument>(requestType, out var found)
                ? found
                : null;
        var there = desk ?? asked?.Desk ?? ticket.Desk;
        return new SplitWish(
            there,
            type ?? (requestType is null && there == ticket.Desk ? ticket.Type : null),
            requestType,
            channel
        );
    }

    /// <summary>The command that makes a message a ticket of its own.</summary>
    public async Task<OpenTicket> SplitAsync(
        TicketState ticket,
        SplitMessage message,
        SplitWish wish,
        CancellationToken cancellation
    )
    {
        var command = Splitting.Of(ticket, message, wish);
        var requester = await people.FindAsync(command.Requester, cancellation);
        return command with { Organization = command.Organization ?? OrganizationOf(ticket, requester) };
    }

    /// <summary>The command that opens a copy.</summary>
    public async Task<OpenTicket> DuplicateAsync(TicketState ticket, CopyChoice choice, CancellationToken cancellation)
    {
        var files = choice.Files ? await FilesAsync(ticket, cancellation) : [];
        var participants = choice.Participants
            ? (await people.FindAsync(ticket.Participants, cancellation)).Values.Where(person => person.IsActive)
            : [];
        var requester = await people.FindAsync(ticket.Requester, cancellation);
        var wish = new CopyWish(
            choice.Channel,
            Of(files, Visibility.Public),
            Of(files, Visibility.Internal),
            ticket.Participants.Where(id => participants.Any(person => person.Id == id)).ToValueList()
        )
        {
            Summary = choice.Summary,
        };
        return Duplicating.Of(ticket, wish, configuration.Snapshot) with
        {
            Organization = OrganizationOf(ticket, requester),
        };
    }

    /// <summary>All files of a ticket except those of fields, which go where their fields go.</summary>
    public async Task<IReadOnlyList<Attachment>> FilesAsync(TicketState ticket, CancellationToken cancellation)
    {
        var whole = await conversation.ReadFullAsync(ticket.Id, cancellation);
        return
        [
            .. whole
                .Files.Concat(whole.Comments.SelectMany(comment => comment.Files))
                .Where(file => IsFree(ticket, file))
                .DistinctBy(file => (file.File.Id, file.Visibility)),
        ];
    }

    // Who does not see a field shall not come to its files by another ticket.
    private static bool IsFree(TicketState ticket, Attachment file) =>
        file.Removed is null && ticket.FieldFiles.All(one => one.File != file.File.Id);

    // It stays the same company's matter, where the one who asks belongs to it.
    private static OrganizationId? OrganizationOf(TicketState ticket, Person? requester) =>
        ticket.Organization is { } organization && requester?.Organizations.Contains(organization) == true
            ? organization
            : null;

    private static ValueList<AttachedFile> Of(IEnumerable<Attachment> files, Visibility visibility) =>
        files.Where(file => file.Visibility == visibility).Select(file => file.File).ToValueList();
}
