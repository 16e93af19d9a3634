using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>A message that is split off.</summary>
/// <param name="Comment">Its id in the ticket.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Author">Who wrote it; null for the product.</param>
/// <param name="ByCustomer">Whether the author was a customer of the ticket.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Files">Files that came with it, and images of the ticket that it shows; of its visibility.</param>
public sealed record SplitMessage(
    long Comment,
    Visibility Visibility,
    PersonId? Author,
    bool ByCustomer,
    string Body,
    ValueList<AttachedFile> Files
);

/// <summary>Where a message is to go. Null takes what follows from message and ticket.</summary>
/// <param name="Desk">The desk's key.</param>
/// <param name="Type">The ticket type; null where a request type is named.</param>
/// <param name="RequestType">The request type; null for none.</param>
/// <param name="Channel">By which way it was asked.</param>
public sealed record SplitWish(string Desk, string? Type, string? RequestType, Channel Channel)
{
    /// <summary>One line.</summary>
    public string? Summary { get; init; }

    /// <summary>Markdown; what customers of the new ticket read.</summary>
    public string? Description { get; init; }

    /// <summary>Who asks.</summary>
    public PersonId? Requester { get; init; }

    /// <summary>For which of the requester's organizations.</summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>Values of fields.</summary>
    public ValueMap<FieldValue> Fields { get; init; } = ValueMap<FieldValue>.Empty;

    /// <summary>How urgent it is.</summary>
    public Priority? Priority { get; init; }

    /// <summary>More files, public.</summary>
    public ValueList<AttachedFile> Files { get; init; } = [];
}

/// <summary>
/// Makes of a message a ticket of its own. What was public becomes the description; what was internal stays internal, as a note,
/// since customers read summary and description.
/// </summary>
public static partial class Splitting
{
    private const int LongestSummary = 120;
    private const int MostFiles = 50;
    private const RegexOptions Plainly = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>The summary that suggests itself: the first line of a public message without the signs of Markdown; for an internal one, or one without words, the ticket's own.</summary>
    public static string SummaryOf(TicketState ticket, SplitMessage message)
    {
        var words =
            message.Visibility == Visibility.Public
                ? message.Body.Split('\n').Select(Plain).FirstOrDefault(line => line.Any(char.IsLetterOrDigit))
                : null;
        return words is null ? ticket.Summary
            : words.Length <= LongestSummary ? words
            : string.Concat(words.AsSpan(0, EndOfWords(words)).TrimEnd(), "…");
    }

    /// <summary>The description that suggests itself: the words of a public message; nothing for an internal one.</summary>
    public static string DescriptionOf(SplitMessage message) =>
        message.Visibility == Visibility.Public ? message.Body : string.Empty;

    /// <summary>Who asks: a customer who wrote the message, else who asked for the ticket.</summary>
    public static PersonId RequesterOf(TicketState ticket, SplitMessage message) =>
        message is { ByCustomer: true, Author: { } author } ? author : ticket.Requester;

    /// <summary>The command that opens the new ticket. A customer who wrote a public message takes part in any case.</summary>
    public static OpenTicket Of(TicketState ticket, SplitMessage message, SplitWish wish)
    {
        var requester = wish.Requester ?? RequesterOf(ticket, message);
        var isPublic = message.Visibility == Visibility.Public;
        var files = Portions(isPublic ? [.. message.Files, .. wish.Files] : wish.Files).ToList();
        return new OpenTicket(
            wish.Desk,
            wish.RequestType is null ? wish.Type : null,
            wish.RequestType,
            wish.Summary ?? SummaryOf(ticket, message),
            wish.Description ?? DescriptionOf(message),
            requester,
            wish.Organization,
            wish.Priority,
            wish.Fields,
            wish.Channel
        )
        {
            Origin = new TicketOrigin(OriginKind.Split, ticket.Id, ticket.Key, message.Comment),
            IsPrivate = ticket.IsPrivate,
            Files = files.Count > 0 ? files[0] : [],
            Then =
            [
                .. files.Skip(1).Select(more => new AttachFiles(more, Visibility.Public)),
                .. isPublic ? [] : Notes(message),
                .. isPublic && message is { ByCustomer: true, Author: { } author } && author != requester
                    ? (TicketCommand[])[new AddParticipants([author])]
                    : [],
            ],
        };
    }

    /// <summary>The idempotency key of a split: a message becomes one ticket, however often and by whatever way that is asked. Null for an opening that is none.</summary>
    public static string? KeyOf(OpenTicket command) =>
        command.Origin is { Kind: OriginKind.Split } origin
            ? string.Create(CultureInfo.InvariantCulture, $"split:{origin.Ticket}:{origin.Comment}")
            : null;

    /// <summary>Ids of the ticket's files that a text shows as images: written <c>attachment:12</c>.</summary>
    public static IEnumerable<long> ImagesIn(string body) =>
        Image()
            .Matches(body)
            .Select(match =>
                long.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    ? id
                    : 0
            )
            .Where(id => id > 0)
            .Distinct();

    /// <summary>Files in portions that one command takes.</summary>
    internal static IEnumerable<ValueList<AttachedFile>> Portions(IEnumerable<AttachedFile> files) =>
        files.DistinctBy(file => file.Id).Chunk(MostFiles).Select(chunk => chunk.ToValueList());

    private static IEnumerable<TicketCommand> Notes(SplitMessage message)
    {
        var files = Portions(message.Files).ToList();
        return files
            .Skip(1)
            .Select(more => (TicketCommand)new AttachFiles(more, Visibility.Internal))
            .Prepend(new AddInternalNote(message.Body, files.Count > 0 ? files[0] : []));
    }

    private static string Plain(string line)
    {
        var words = Link().Replace(Start().Replace(line, string.Empty), "${words}");
        var bare = string.Concat(words.Where(sign => sign is not ('*' or '`' or '~')));
        return Space().Replace(bare.Replace("__", string.Empty, StringComparison.Ordinal), " ").Trim();
    }

    // Between two words, and never within a character that takes two places.
    private static int EndOfWords(string words)
    {
        var space = words.LastIndexOf(' ', LongestSummary - 1);
        var end = space > LongestSummary / 2 ? space : LongestSummary - 1;
        return char.IsHighSurrogate(words[end - 1]) ? end - 1 : end;
    }

    [GeneratedRegex(@"attachment:(?<id>\d{1,18})", Plainly | RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex(@"!?\[(?<words>[^\]]*)\]\([^)]*\)", Plainly)]
    private static partial Regex Link();

    [GeneratedRegex(@"^[\s>#]*([-*+]\s+|\d+[.)]\s+)?", Plainly)]
    private static partial Regex Start();

    [GeneratedRegex(@"[\s\p{C}]+", Plainly)]
    private static partial Regex Space();
}
