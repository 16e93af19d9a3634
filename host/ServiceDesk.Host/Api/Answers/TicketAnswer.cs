using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Answers;

/// <summary>A ticket as the API shows it. What only agents of its desk may see is null for others.</summary>
public sealed record TicketAnswer
{
    /// <summary>The key, such as ITSD-95.</summary>
    public required string Key { get; init; }

    /// <summary>The desk's key.</summary>
    public required string Desk { get; init; }

    /// <summary>The ticket type's id.</summary>
    public required string Type { get; init; }

    /// <summary>The request type's id; null when it was opened by type.</summary>
    public required string? RequestType { get; init; }

    /// <summary>The status's id.</summary>
    public required string Status { get; init; }

    /// <summary>The status's name in the language of the request; for customers their name of it.</summary>
    public required string StatusName { get; init; }

    /// <summary>What the status means.</summary>
    public required StatusCategory StatusCategory { get; init; }

    /// <summary>The resolution's id; null unless done.</summary>
    public required string? Resolution { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>How urgent it is.</summary>
    public required Priority Priority { get; init; }

    /// <summary>Who asks.</summary>
    public required PersonAnswer? Requester { get; init; }

    /// <summary>For which organization.</summary>
    public required NamedAnswer? Organization { get; init; }

    /// <summary>For who works on it or takes part: whether colleagues of the organization are kept out.</summary>
    public required bool? Private { get; init; }

    /// <summary>Further organizations whose members see it; for colleagues only their own.</summary>
    public required IReadOnlyList<NamedAnswer> SharedWith { get; init; }

    /// <summary>For agents: who works on it.</summary>
    public required PersonAnswer? Assignee { get; init; }

    /// <summary>For agents: the team that works on it.</summary>
    public required NamedAnswer? Team { get; init; }

    /// <summary>Customers besides the requester.</summary>
    public required IReadOnlyList<PersonAnswer> Participants { get; init; }

    /// <summary>For agents: free labels.</summary>
    public required ValueList<string>? Labels { get; init; }

    /// <summary>For agents: by which way it came in.</summary>
    public required Channel? Channel { get; init; }

    /// <summary>For agents: its number in another system.</summary>
    public required string? ExternalId { get; init; }

    /// <summary>Number of public comments.</summary>
    public required int Comments { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>The last change; for customers the last that they may know of.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>When it was resolved; null while it is not.</summary>
    public required Instant? ResolvedAt { get; init; }

    /// <summary>When it was closed; null while it is not.</summary>
    public required Instant? ClosedAt { get; init; }

    /// <summary>Grows with each change; the ETag. For customers it grows with each change that they may know of; for who is asked for an approval it becomes another.</summary>
    public required long Version { get; init; }

    /// <summary>The key of the ticket into which it was merged; null for one of its own, and for who only reads it.</summary>
    public required string? MergedInto { get; init; }

    /// <summary>For agents: the keys of tickets that were merged into it.</summary>
    public required IReadOnlyList<string>? Merged { get; init; }

    /// <summary>For agents: the ticket out of which it came; null for none.</summary>
    public required OriginAnswer? Origin { get; init; }

    /// <summary>For agents: tickets that came out of it, oldest first.</summary>
    public required IReadOnlyList<OriginAnswer>? Offspring { get; init; }

    /// <summary>Values of fields by id; for customers only of those they see.</summary>
    public required ValueMap<FieldValue> Fields { get; init; }

    /// <summary>When it will be solved, as its customers are told: of one ticket that is read; null in lists, and when there is nothing to expect.</summary>
    public ExpectedSolution? ExpectedSolution { get; init; }
}

/// <summary>A ticket out of which another one came, or that came out of it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Key">Its key then; a former one redirects.</param>
/// <param name="Comment">The message that was split off; null for a copy.</param>
public sealed record OriginAnswer(OriginKind Kind, string Key, long? Comment);

/// <summary>A person as the API shows one.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The address, for agents and for the person.</param>
public sealed record PersonAnswer(long Id, string Name, string? Email);

/// <summary>Something with a name.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
public sealed record NamedAnswer(long Id, string Name);

/// <summary>A page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="Next">What to give as <c>cursor</c> for the next page; null on the last.</param>
public sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A comment.</summary>
public sealed record CommentAnswer(
    long Id,
    Visibility Visibility,
    string Body,
    PersonAnswer? Author,
    bool ByCustomer,
    Channel? Channel,
    Instant At,
    IReadOnlyList<AttachmentAnswer> Attachments
);

/// <summary>An attachment.</summary>
/// <param name="Url">Where its content is.</param>
public sealed record AttachmentAnswer(
    long Id,
    string Name,
    string ContentType,
    long Size,
    Visibility Visibility,
    PersonAnswer? Author,
    Instant At,
    string Url
)
{
    /// <summary>When its content was taken away for good; null while it is there.</summary>
    public Instant? RemovedAt { get; init; }
}

/// <summary>Something that happened to a ticket.</summary>
/// <param name="Version">The ticket's version after it; null for customers.</param>
/// <param name="Event">The stored name: ticket.assigned.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; null for the product.</param>
/// <param name="Actor">What kind of actor.</param>
/// <param name="Data">What happened in particular, by the event's name.</param>
public sealed record HistoryAnswer(
    long? Version,
    string Event,
    Instant At,
    PersonAnswer? By,
    ActorKind Actor,
    object Data
);
