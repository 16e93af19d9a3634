using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// The stored name and version of an event, such as <c>ticket.assigned</c>, 1. Never changed once released. When the shape
/// must change, a plugin adds a record with the same name and the next version, and goes on registering and folding the old one.
/// </summary>
/// <param name="name">Owner, dot, what happened, in lower-case words with dashes; a plugin's begins with its id.</param>
/// <param name="version">1 or more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredNameAttribute(string name, int version) : Attribute
{
    /// <summary>Owner, dot, what happened, in lower-case words with dashes.</summary>
    public string Name { get; } = name;

    /// <summary>1 or more; another one is another event in the log.</summary>
    public int Version { get; } = version;

    /// <summary>As written in the log: <c>ticket.assigned/1</c>.</summary>
    public override string ToString() => $"{Name}/{Version}";
}

/// <summary>A fact of a ticket, in the past tense. Immutable, with value equality, serializes to JSON; readable for ever once stored.</summary>
public abstract record TicketEvent;

/// <summary>
/// What fills the places of an event's sentence in the history. An event without it has a sentence without places. Implemented
/// explicitly, so that it does not become part of what is stored.
/// </summary>
public interface IHistoryArguments
{
    /// <summary>Plain text, in the order of the places. Only agents of the ticket's desk read the history.</summary>
    ValueList<string> HistoryArguments { get; }
}

/// <summary>An event whose owner is not loaded: kept as it is, changes nothing but version and time.</summary>
/// <param name="StoredName">The name with version, as in the log.</param>
/// <param name="Json">The payload as it was stored.</param>
public sealed record UnknownEvent(string StoredName, string Json) : TicketEvent;

/// <summary>The ticket was opened. Everything is as in <see cref="TicketState"/> after it.</summary>
[StoredName("ticket.opened", 1)]
public sealed record TicketOpened(
    TicketId Id,
    TicketKey Key,
    string Type,
    string? RequestType,
    string Summary,
    string Description,
    string Status,
    StatusCategory Category,
    Priority Priority,
    PersonId Requester,
    OrganizationId? Organization,
    PersonId? Assignee,
    TeamId? Team,
    ValueMap<FieldValue> Fields,
    ValueList<string> Labels,
    Channel Channel,
    string? ExternalId
) : TicketEvent
{
    /// <summary>The language of the requester then; null in events from before it was recorded.</summary>
    public string? Language { get; init; }

    /// <summary>Where the organization was then; null when it had said nothing.</summary>
    public string? Region { get; init; }

    /// <summary>The ticket out of which it came; null for none.</summary>
    public TicketOrigin? Origin { get; init; }

    /// <summary>Who was meant to get it and is absent, so that the assignee stands in; null otherwise.</summary>
    public PersonId? StandsInFor { get; init; }

    /// <summary>Whether colleagues of its organization are kept out.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>Its summary or description changed; null means unchanged.</summary>
[StoredName("ticket.text-edited", 1)]
public sealed record TextEdited(string? Summary, string? Description) : TicketEvent;

/// <summary>Fields changed; a null value emptied the field.</summary>
[StoredName("ticket.fields-changed", 1)]
public sealed record FieldsChanged(ValueMap<FieldValue?> Fields) : TicketEvent;

/// <summary>Its labels changed to these.</summary>
[StoredName("ticket.labels-changed", 1)]
public sealed record LabelsChanged(ValueList<string> Labels) : TicketEvent;

/// <summary>It was given to an agent, a team, both or nobody.</summary>
[StoredName("ticket.assigned", 1)]
public sealed record TicketAssigned(PersonId? Assignee, TeamId? Team) : TicketEvent
{
    /// <summary>Who was meant to get it and is absent, so that the assignee stands in; null otherwise.</summary>
    public PersonId? StandsInFor { get; init; }
}

/// <summary>Its priority changed.</summary>
[StoredName("ticket.priority-changed", 1)]
public sealed record PriorityChanged(Priority From, Priority To) : TicketEvent;

/// <summary>It is for another organization of its requester. For agents alone: members of one learn nothing of the other.</summary>
/// <param name="From">Before; null for none.</param>
/// <param name="To">From now on; null for none.</param>
/// <param name="Region">Where the organization is, in the administrator's word; null when nothing is said.</param>
[StoredName("ticket.organization-changed", 1)]
public sealed record OrganizationChanged(OrganizationId? From, OrganizationId? To, string? Region) : TicketEvent;

/// <summary>Members of an organization see it from now on, as far as they see colleagues' requests. For agents alone: members of one organization learn nothing of another.</summary>
/// <param name="Organization">The organization; its own one is kept out no longer.</param>
[StoredName("ticket.shared", 1)]
public sealed record TicketShared(OrganizationId Organization) : TicketEvent;

/// <summary>Members of an organization see it no longer. For agents alone.</summary>
/// <param name="Organization">The organization; its own one is kept out.</param>
[StoredName("ticket.unshared", 1)]
public sealed record TicketUnshared(OrganizationId Organization) : TicketEvent;

/// <summary>A public comment was written.</summary>
/// <param name="CommentId">Unique in the ticket: the version of this event.</param>
/// <param name="Body">Markdown.</param>
/// <param name="ByCustomer">Whether the requester or a participant wrote it, and not an agent.</param>
/// <param name="Files">Files attached with it, public.</param>
[StoredName("ticket.public-comment-added", 1)]
public sealed record PublicCommentAdded(long CommentId, string Body, bool ByCustomer, ValueList<AttachedFile> Files)
    : TicketEvent
{
    /// <summary>Phone or mail; null when it was written here.</summary>
    public Channel? Channel { get; init; }
}

/// <summary>An internal note was written. Never for a customer's eyes.</summary>
/// <param name="CommentId">Unique in the ticket: the version of this event.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Files">Files attached with it, internal.</param>
[StoredName("ticket.internal-note-added", 1)]
public sealed record InternalNoteAdded(long CommentId, string Body, ValueList<AttachedFile> Files) : TicketEvent
{
    /// <summary>Phone for a note of a call; null otherwise.</summary>
    public Channel? Channel { get; init; }
}

/// <summary>It moved to another status.</summary>
/// <param name="Transition">The transition's id.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status after.</param>
/// <param name="Category">The category of the status after.</param>
/// <param name="Closes">Whether the workflow calls the status after closing.</param>
/// <param name="Resolution">The resolution; null unless the category is done.</param>
[StoredName("ticket.status-changed", 1)]
public sealed record StatusChanged(
    string Transition,
    string From,
    string To,
    StatusCategory Category,
    bool Closes,
    string? Resolution
) : TicketEvent;

/// <summary>Files were attached without a comment.</summary>
[StoredName("ticket.files-attached", 1)]
public sealed record FilesAttached(ValueList<AttachedFile> Files, Visibility Visibility) : TicketEvent;

/// <summary>More customers take part.</summary>
[StoredName("ticket.participants-added", 1)]
public sealed record ParticipantsAdded(ValueList<PersonId> People) : TicketEvent;

/// <summary>Customers no longer take part.</summary>
[StoredName("ticket.participants-removed", 1)]
public sealed record ParticipantsRemoved(ValueList<PersonId> People) : TicketEvent;

/// <summary>Somebody began or ceased to watch.</summary>
[StoredName("ticket.watch-changed", 1)]
public sealed record WatchChanged(PersonId Person, bool Watches) : TicketEvent;

/// <summary>It moved to another desk.</summary>
/// <param name="From">The key before; it redirects.</param>
/// <param name="To">The key after.</param>
/// <param name="Type">The ticket type there.</param>
/// <param name="Status">The status in that type's workflow.</param>
/// <param name="Category">The category of that status.</param>
/// <param name="Closes">Whether the workflow calls that status closing.</param>
[StoredName("ticket.moved", 1)]
public sealed record TicketMoved(
    TicketKey From,
    TicketKey To,
    string Type,
    string Status,
    StatusCategory Category,
    bool Closes
) : TicketEvent
{
    /// <summary>The request type there; null for none.</summary>
    public string? RequestType { get; init; }

    /// <summary>The status that it had; null in events that were recorded before this was kept.</summary>
    public string? StatusBefore { get; init; }

    /// <summary>Fields that changed with the move; a null value emptied the field.</summary>
    public ValueMap<FieldValue?> Fields { get; init; } = ValueMap<FieldValue?>.Empty;

    /// <summary>By the id of a field, the one that took its value.</summary>
    public ValueMap<string> Mapped { get; init; } = ValueMap<string>.Empty;

    /// <summary>Values that no field took: here alone they are still to be read.</summary>
    public ValueMap<FieldValue> Dropped { get; init; } = ValueMap<FieldValue>.Empty;
}

/// <summary>Somebody set off a rule by hand.</summary>
[StoredName("ticket.rule-called", 1)]
public sealed record RuleCalled(string Rule) : TicketEvent;

/// <summary>A rule called its webhook.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Branch"><c>then</c> or <c>else</c>.</param>
/// <param name="Place">The place of the action there, from 0.</param>
[StoredName("ticket.webhook-called", 1)]
public sealed record WebhookCalled(string Rule, string Branch, int Place) : TicketEvent;

/// <summary>A clock came near its target: a reminder threshold of the goal was reached. At most once per (metric, cycle, threshold).</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the first run of the metric.</param>
/// <param name="Threshold">The threshold as configured, such as <c>75%</c> or <c>PT30M</c> left.</param>
/// <param name="DueAt">When the threshold was reached.</param>
[StoredName("sla.threshold-reached", 1)]
public sealed record SlaThresholdReached(string Policy, string Metric, int Cycle, string Threshold, Instant DueAt)
    : TicketEvent;

/// <summary>A clock passed its target. At most once per (metric, cycle).</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the first run of the metric.</param>
/// <param name="DueAt">When the target was reached; the event may be recorded later, after a stop of the server.</param>
[StoredName("sla.breached", 1)]
public sealed record SlaBreached(string Policy, string Metric, int Cycle, Instant DueAt) : TicketEvent;

/// <summary>History was brought in from another system up to an instant.</summary>
[StoredName("ticket.imported", 1)]
public sealed record TicketImported(string Source, Instant Until) : TicketEvent;

/// <summary>Its instants were set to what another system says; null is unknown.</summary>
[StoredName("ticket.dates-corrected", 1)]
public sealed record DatesCorrected(Instant CreatedAt, Instant? ResolvedAt, Instant? ClosedAt) : TicketEvent;

/// <summary>An event with where, when, by whom and why it was recorded.</summary>
/// <param name="Ticket">Whose event it is.</param>
/// <param name="Version">1 for the first event of the ticket, then without gaps.</param>
/// <param name="Position">Its place in the log of all tickets: commit order, without gaps. 0 before it is committed.</param>
/// <param name="Event">What happened.</param>
/// <param name="At">When it happened; never before the event in front of it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="ConfigurationRevision">The revision of the configuration under which it was decided.</param>
/// <param name="Cause">The position of the event that a reaction answered with this; null for people and timers.</param>
/// <param name="Depth">How many reactions lie between this and a person's act; 0 for people and timers.</param>
public sealed record RecordedEvent(
    TicketId Ticket,
    long Version,
    long Position,
    TicketEvent Event,
    Instant At,
    Actor Actor,
    long ConfigurationRevision,
    long? Cause,
    int Depth
);
