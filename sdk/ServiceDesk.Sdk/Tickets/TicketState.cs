using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// What a ticket is after its events so far: an immutable value, made only by folding events. Comments and attachments
/// are events and rows; the state keeps their counts and what clocks and rules need to know of them.
/// </summary>
public sealed record TicketState
{
    /// <summary>The ticket's identity.</summary>
    public required TicketId Id { get; init; }

    /// <summary>The current key.</summary>
    public required TicketKey Key { get; init; }

    /// <summary>Keys that it had on other desks, oldest first; they redirect.</summary>
    public ValueList<TicketKey> FormerKeys { get; init; } = [];

    /// <summary>The number of events so far; the first event makes it 1.</summary>
    public required long Version { get; init; }

    /// <summary>The id of the ticket type, such as <c>incident</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the request type that the customer picked; null when an agent opened it by type.</summary>
    public string? RequestType { get; init; }

    /// <summary>One line, 1 to 255 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>Markdown, at most 100,000 characters, may be empty. Public.</summary>
    public required string Description { get; init; }

    /// <summary>The id of the status in the type's workflow.</summary>
    public required string Status { get; init; }

    /// <summary>The category of the status when it was entered.</summary>
    public required StatusCategory Category { get; init; }

    /// <summary>The id of the resolution; null unless the category is done.</summary>
    public string? Resolution { get; init; }

    /// <summary>How urgent it is.</summary>
    public required Priority Priority { get; init; }

    /// <summary>Who asks.</summary>
    public required PersonId Requester { get; init; }

    /// <summary>The organization for which the requester asks; null for a person without one.</summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>Whether colleagues of <see cref="Organization"/> are kept out, also where desk and organization share; not those of one that stands in <see cref="SharedWith"/>.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// Organizations whose members see it beside <see cref="Organization"/>, as far as they see colleagues' requests, in the order in which
    /// they were added; at most 20. One of them may have become <see cref="Organization"/> since: it stays, so that it sees the ticket still when the
    /// own one is another again.
    /// </summary>
    public ValueList<OrganizationId> SharedWith { get; init; } = [];

    /// <summary>The language of the requester when it was opened, <c>en</c> or <c>ko</c>; null when that was not recorded.</summary>
    public string? Language { get; init; }

    /// <summary>Where the organization was when it was opened, in the administrator's word; null when nothing was said.</summary>
    public string? Region { get; init; }

    /// <summary>The agent who works on it; null for nobody.</summary>
    public PersonId? Assignee { get; init; }

    /// <summary>The team that works on it; null for none.</summary>
    public TeamId? Team { get; init; }

    /// <summary>Customers besides the requester who see it and may answer, in the order they were added; at most 100.</summary>
    public ValueList<PersonId> Participants { get; init; } = [];

    /// <summary>People who are told of changes. An internal watcher is an agent; watching gives no right.</summary>
    public ValueList<PersonId> Watchers { get; init; } = [];

    /// <summary>The checklist of agents, in its order; at most 100 steps.</summary>
    public ValueList<TicketTask> Tasks { get; init; } = [];

    /// <summary>How many steps the checklist ever had; the id of the newest one.</summary>
    public int TasksMade { get; init; }

    /// <summary>Free labels, lower case, without doubles; at most 50 of 60 characters.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>Values of configured fields by field id; a missing key is an empty field.</summary>
    public ValueMap<FieldValue> Fields { get; init; } = ValueMap<FieldValue>.Empty;

    /// <summary>Which files stand or once stood in which fields: who does not see such a field does not see the file.</summary>
    public ValueList<FieldFile> FieldFiles { get; init; } = [];

    /// <summary>By which way it came in.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Its number in the system it was imported from, at most 100 characters; null when it came from none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>The instant of the last event.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>The instant of the last event that customers may see; what they are shown as the last change, so that internal work stays unseen.</summary>
    public required Instant PublicUpdatedAt { get; init; }

    /// <summary>When it last entered the category done from another; null while it is open again.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>When it last entered a status that its workflow calls closing; null while it is not closed.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>When the status was entered.</summary>
    public required Instant StatusSince { get; init; }

    /// <summary>How often it left done for another category.</summary>
    public int ReopenCount { get; init; }

    /// <summary>Number of public comments.</summary>
    public int PublicComments { get; init; }

    /// <summary>Number of internal notes.</summary>
    public int InternalNotes { get; init; }

    /// <summary>Number of attachments, internal ones included.</summary>
    public int Attachments { get; init; }

    /// <summary>The first public comment by somebody who is not a customer of the ticket; null while there is none.</summary>
    public Instant? FirstAgentAnswerAt { get; init; }

    /// <summary>The last public comment by an agent; null while there is none.</summary>
    public Instant? LastAgentAnswerAt { get; init; }

    /// <summary>The last public comment by the requester or a participant; null while there is none.</summary>
    public Instant? LastCustomerCommentAt { get; init; }

    /// <summary>While an import runs, the instant up to which history was replayed: timers due until then record breaches but act on nothing and tell nobody.</summary>
    public Instant? ImportedUntil { get; init; }

    /// <summary>The approvals that were asked for it, oldest first.</summary>
    public ValueList<Approval> Approvals { get; init; } = [];

    /// <summary>What the approval of its status could not do; null when nothing holds it up.</summary>
    public ApprovalTrouble? ApprovalTrouble { get; init; }

    /// <summary>Where it went when it was merged into another ticket; null for one of its own. A merged ticket cannot be worked on.</summary>
    public MergedInto? Merged { get; init; }

    /// <summary>The tickets that were merged into it, in the order in which they came.</summary>
    public ValueList<TakenInTicket> TakenIn { get; init; } = [];

    /// <summary>The ticket out of which it came; null for none.</summary>
    public TicketOrigin? Origin { get; init; }

    /// <summary>Tickets that came out of it, oldest first; at most 100.</summary>
    public ValueList<TicketOffspring> Offspring { get; init; } = [];

    /// <summary>The parts of the state that plugins own, by facet id. The value is the plugin's record, or a <see cref="RawFacet"/> when its plugin is not loaded.</summary>
    public ValueMap<object> Facets { get; init; } = ValueMap<object>.Empty;

    /// <summary>The key of its desk.</summary>
    public string Desk => Key.Desk;

    /// <summary>The facet of the record <typeparamref name="T"/> stored under <paramref name="id"/>, or null when the ticket has none or its plugin is not loaded.</summary>
    public T? Facet<T>(string id)
        where T : class => Facets.Find(id) as T;
}

/// <summary>A facet whose plugin is not loaded: kept as it was stored, changed by no event.</summary>
/// <param name="Json">The facet as JSON.</param>
public sealed record RawFacet(string Json);

/// <summary>That a file stands or once stood in a field.</summary>
/// <param name="File">The file's id.</param>
/// <param name="Field">The field's id.</param>
public sealed record FieldFile(long File, string Field);
