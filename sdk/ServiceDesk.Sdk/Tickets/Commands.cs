using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// Something that is asked of a ticket, in the imperative. A ticket's grain decides it: events, or a refusal.
/// Plugins derive their own commands; each has one decider. Immutable; its values are checked where it is decided.
/// </summary>
public abstract record TicketCommand;

/// <summary>Open a ticket. The only command for a ticket that does not exist yet.</summary>
/// <param name="Desk">The desk's key.</param>
/// <param name="Type">The ticket type's id; may be null when a request type is named.</param>
/// <param name="RequestType">The request type's id; its type and defaults apply. Null when opened by type.</param>
/// <param name="Summary">1 to 255 characters after trimming, one line.</param>
/// <param name="Description">Markdown, at most 100,000 characters.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Organization">For which organization; must be one of the requester's. Null takes the requester's only one; where there are several, people and scripts must say which, and mail, rules and the product take none.</param>
/// <param name="Priority">Null takes the default of request type or type.</param>
/// <param name="Fields">Values of configured fields.</param>
/// <param name="Channel">By which way it came in.</param>
public sealed record OpenTicket(
    string Desk,
    string? Type,
    string? RequestType,
    string Summary,
    string Description,
    PersonId Requester,
    OrganizationId? Organization,
    Priority? Priority,
    ValueMap<FieldValue> Fields,
    Channel Channel
) : TicketCommand
{
    /// <summary>The agent who gets it at once.</summary>
    public PersonId? Assignee { get; init; }

    /// <summary>Whether the substitute gets it while the assignee is absent, as <see cref="AssignTicket.ToStandIn"/>.</summary>
    public bool ToStandIn { get; init; }

    /// <summary>The team that gets it at once.</summary>
    public TeamId? Team { get; init; }

    /// <summary>Its number in another system, at most 100 characters; unique per desk. Null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Free labels, at most 50 of 60 characters; stored in lower case.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>Files uploaded before, attached publicly at once; at most 50.</summary>
    public ValueList<AttachedFile> Files { get; init; } = [];

    /// <summary>Whether colleagues of its organization are kept out, also where desk and organization share.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The ticket out of which it comes; null for none.</summary>
    public TicketOrigin? Origin { get; init; }

    /// <summary>From where and up to when history follows; only importers give it. See <see cref="MarkImported"/>.</summary>
    public MarkImported? History { get; init; }

    /// <summary>What is done to the new ticket at once: each command is decided on what those before it made, and all is committed together or nothing. Not a move, and not another opening.</summary>
    public ValueList<TicketCommand> Then { get; init; } = [];
}

/// <summary>Change the words or fields of a ticket. Null leaves as it is; a field given as null is emptied.</summary>
/// <param name="Summary">1 to 255 characters after trimming, one line.</param>
/// <param name="Description">Markdown, at most 100,000 characters.</param>
/// <param name="Fields">Values by field id; fields that are not named stay.</param>
/// <param name="Labels">All labels as they are to be, at most 50 of 60 characters.</param>
public sealed record EditTicket(
    string? Summary = null,
    string? Description = null,
    ValueMap<FieldValue?>? Fields = null,
    ValueList<string>? Labels = null
) : TicketCommand;

/// <summary>Give the ticket to an agent, a team, both or nobody. The value replaces what was there.</summary>
/// <param name="Assignee">An agent who works on the desk; null for nobody.</param>
/// <param name="Team">A team of the desk; null for none.</param>
public sealed record AssignTicket(PersonId? Assignee, TeamId? Team) : TicketCommand
{
    /// <summary>Whether the substitute gets it while the agent is absent: work that nobody gives by hand. Where no substitute is there who works on the desk, the agent gets it.</summary>
    public bool ToStandIn { get; init; }
}

/// <summary>Set how urgent it is.</summary>
/// <param name="Priority">The new priority; the one it has changes nothing.</param>
public sealed record SetPriority(Priority Priority) : TicketCommand;

/// <summary>Say for which of the requester's organizations it is. Agents may; its clocks and who shares it follow.</summary>
/// <param name="Organization">One of the requester's organizations; null for none.</param>
public sealed record ChangeOrganization(OrganizationId? Organization) : TicketCommand;

/// <summary>
/// Let members of an organization see the ticket, as far as organization and person let them see colleagues' requests. For the
/// ticket's own organization it ends that the ticket is private. The desk must share; nobody is told. Agents may for organizations
/// that they may look up, the requester for the own ones; a ticket is shared with at most 20 besides its own.
/// </summary>
/// <param name="Organization">The organization; one that sees it already changes nothing.</param>
public sealed record ShareTicket(OrganizationId Organization) : TicketCommand;

/// <summary>Let members of an organization see the ticket no longer, except who takes part. For the ticket's own organization it makes the ticket private. Agents may, the requester for the own organizations.</summary>
/// <param name="Organization">The organization; one that does not see it changes nothing.</param>
public sealed record UnshareTicket(OrganizationId Organization) : TicketCommand;

/// <summary>Answer so that the customer sees it.</summary>
/// <param name="Body">Markdown, 1 to 100,000 characters after trimming.</param>
/// <param name="Files">Files uploaded before, to be attached publicly with it; at most 50.</param>
public sealed record AddPublicComment(string Body, ValueList<AttachedFile> Files) : TicketCommand
{
    /// <summary>How it reached or left us, where that is not how the command came: <see cref="Channel.Phone"/> or <see cref="Channel.Mail"/>; only an agent of the desk or the product tells. Null otherwise.</summary>
    public Channel? Channel { get; init; }
}

/// <summary>Write a note that only agents see.</summary>
/// <param name="Body">Markdown, 1 to 100,000 characters after trimming.</param>
/// <param name="Files">Files uploaded before, to be attached internally with it; at most 50.</param>
public sealed record AddInternalNote(string Body, ValueList<AttachedFile> Files) : TicketCommand
{
    /// <summary><see cref="Channel.Phone"/> for a note of a call with the customer; null otherwise.</summary>
    public Channel? Channel { get; init; }
}

/// <summary>Move the ticket to another status by a transition of its workflow.</summary>
/// <param name="To">The id of the wanted status, or of the transition when several lead there.</param>
/// <param name="Resolution">The resolution, where the transition asks for one.</param>
/// <param name="Fields">Values for the fields of the transition's screen.</param>
public sealed record TransitionTicket(string To, string? Resolution, ValueMap<FieldValue?> Fields) : TicketCommand;

/// <summary>Move a ticket out of a status that its workflow no longer has, to where the workflow says; one that is in a status of the workflow stays. For the product, and who may configure it.</summary>
public sealed record ReplaceStatus : TicketCommand;

/// <summary>Open a solved or closed ticket again, by the workflow's reopen rule.</summary>
/// <param name="Reason">A public comment, or null.</param>
public sealed record ReopenTicket(string? Reason) : TicketCommand;

/// <summary>Attach files that were uploaded before.</summary>
/// <param name="Files">1 to 50.</param>
/// <param name="Visibility">Who may see them; a customer can only attach publicly.</param>
public sealed record AttachFiles(ValueList<AttachedFile> Files, Visibility Visibility) : TicketCommand;

/// <summary>Let more customers see the ticket and answer in it. Who takes part already stays.</summary>
/// <param name="People">At least one; a ticket has at most 100 participants.</param>
public sealed record AddParticipants(ValueList<PersonId> People) : TicketCommand;

/// <summary>Take participants away again. The requester stays.</summary>
/// <param name="People">Others than oneself only for agents and the requester; who does not take part is passed over.</param>
public sealed record RemoveParticipants(ValueList<PersonId> People) : TicketCommand;

/// <summary>Start or stop watching.</summary>
/// <param name="Person">Who watches; others than oneself only for agents of the desk.</param>
/// <param name="Watch">Whether to watch from now on.</param>
public sealed record WatchTicket(PersonId Person, bool Watch) : TicketCommand;

/// <summary>Do several things at once or none of them: each is decided on what those before it made, and their events are committed together.</summary>
/// <param name="Parts">At least one command for a ticket that exists; not a move or a merge, and not this command again.</param>
public sealed record ChangeTicket(ValueList<TicketCommand> Parts) : TicketCommand;

/// <summary>
/// Move the ticket to another desk. It gets a key there; its old key redirects. Fields that the type there has too keep their
/// values; what no field there takes is kept in the event alone. For who works on both desks.
/// </summary>
/// <param name="Desk">The other desk's key.</param>
/// <param name="Type">The ticket type there; null keeps the type, which the desk must know, or takes that of the request type.</param>
public sealed record MoveTicket(string Desk, string? Type) : TicketCommand
{
    /// <summary>A request type of the other desk, whose required fields must then be filled; null for none.</summary>
    public string? RequestType { get; init; }

    /// <summary>The status there: the first one of its workflow, or one that means the same as the present one. Null takes the same status, else one of the same meaning, else the first.</summary>
    public string? Status { get; init; }

    /// <summary>By the id of a field that is filled now, the field there that takes its value; null drops it. A field that is not named stays where the type there has it.</summary>
    public ValueMap<string?> Fields { get; init; } = ValueMap<string?>.Empty;

    /// <summary>Values for fields there, given with the move.</summary>
    public ValueMap<FieldValue?> Values { get; init; } = ValueMap<FieldValue?>.Empty;
}

/// <summary>Set off a rule by hand. Changes nothing by itself: the rule answers the event.</summary>
/// <param name="Rule">The id of a rule that works, is for the ticket's desk and may be set off by hand.</param>
public sealed record CallRule(string Rule) : TicketCommand;

/// <summary>Call the webhook of a rule. Only the rule itself; what it sends goes out after the commit.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Branch"><c>then</c> or <c>else</c>.</param>
/// <param name="Place">The place of the action there, from 0.</param>
public sealed record CallWebhook(string Rule, string Branch, int Place) : TicketCommand;

/// <summary>A timer that the ticket's state derived has come due. Sent by the sweeper; refused when the state no longer derives it.</summary>
/// <param name="Key">The timer's key.</param>
/// <param name="DueAt">The instant at which it was due, which tells it from a later timer of the same key.</param>
public sealed record FireTimer(string Key, Instant DueAt) : TicketCommand;

/// <summary>
/// Say that history is brought in up to an instant: timers due until then record breaches but act on nothing and tell nobody.
/// Only importers.
/// </summary>
/// <param name="Source">The other system, 1 to 60 characters.</param>
/// <param name="Until">Usually the instant at which the import runs. An earlier one than before changes nothing.</param>
public sealed record MarkImported(string Source, Instant Until) : TicketCommand;

/// <summary>
/// Set the instants of a ticket to what another system says they were, where they differ from when its changes were
/// recorded there. All three are as they are to be; null is unknown. Only importers. Clocks do not look at it.
/// </summary>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ResolvedAt">When it was done; only for a done ticket.</param>
/// <param name="ClosedAt">When it was closed; only for a closed one.</param>
public sealed record CorrectDates(Instant CreatedAt, Instant? ResolvedAt, Instant? ClosedAt) : TicketCommand;

/// <summary>A file that was uploaded and waits to be attached.</summary>
/// <param name="Id">Its id in the file store.</param>
/// <param name="Name">The name to show, 1 to 255 characters; never used as a path.</param>
/// <param name="ContentType">The media type that the product decided on, not the one that was claimed.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal hash of the content.</param>
public sealed record AttachedFile(long Id, string Name, string ContentType, long Size, string Sha256);
