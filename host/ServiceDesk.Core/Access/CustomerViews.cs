using NodaTime;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>A status as customers know it.</summary>
public sealed record PublicStatus(string Id, LocalizedText Name, StatusCategory Category);

/// <summary>A ticket as its customers see it: made of what is for everyone alone. Pages and answers for customers are built from this, never from the ticket.</summary>
/// <param name="Fields">Only fields that customers see.</param>
/// <param name="UpdatedAt">The last change that customers may see.</param>
/// <param name="MayReopen">Whether the requester may open it again now.</param>
public sealed record PublicTicketView(
    TicketKey Key,
    string Type,
    string? RequestType,
    string Summary,
    string Description,
    PublicStatus Status,
    string? Resolution,
    Priority Priority,
    PersonId Requester,
    OrganizationId? Organization,
    ValueList<PersonId> Participants,
    ValueMap<FieldValue> Fields,
    int Comments,
    Instant CreatedAt,
    Instant UpdatedAt,
    Instant? ResolvedAt,
    Instant? ClosedAt,
    bool MayReopen
);

/// <summary>Something that happened to a ticket, as its customers see it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who; null for the product.</param>
public abstract record PublicEntry(Instant At, PersonId? By);

/// <summary>It was opened.</summary>
public sealed record PublicOpening(Instant At, PersonId? By) : PublicEntry(At, By);

/// <summary>Somebody wrote.</summary>
public sealed record PublicComment(
    Instant At,
    PersonId? By,
    long Id,
    string Body,
    bool ByCustomer,
    ValueList<AttachedFile> Files
) : PublicEntry(At, By);

/// <summary>Files were attached without words.</summary>
public sealed record PublicFiles(Instant At, PersonId? By, ValueList<AttachedFile> Files) : PublicEntry(At, By);

/// <summary>Its customer-facing status changed.</summary>
public sealed record PublicStatusChange(Instant At, PersonId? By, PublicStatus From, PublicStatus To)
    : PublicEntry(At, By);

/// <summary>Customers began or ceased to take part.</summary>
public sealed record PublicParticipation(
    Instant At,
    PersonId? By,
    ValueList<PersonId> Added,
    ValueList<PersonId> Removed
) : PublicEntry(At, By);

/// <summary>It got another key.</summary>
public sealed record PublicMove(Instant At, PersonId? By, TicketKey From, TicketKey To) : PublicEntry(At, By);

/// <summary>An approval that customers see, or that concerns the reader, was asked, answered, handed over or ended.</summary>
/// <param name="Title">What is to be approved.</param>
/// <param name="Approves">For an answer: yes or no; null otherwise.</param>
/// <param name="Outcome">For an end: how; null otherwise.</param>
/// <param name="To">For a hand-over: to whom; null otherwise.</param>
public sealed record PublicApproval(
    Instant At,
    PersonId? By,
    long Id,
    LocalizedText Title,
    bool? Approves = null,
    ApprovalState? Outcome = null,
    PersonId? To = null
) : PublicEntry(At, By);

/// <summary>Makes what customers see of a ticket.</summary>
public static class CustomerViews
{
    /// <summary>The ticket as its customers see it.</summary>
    public static PublicTicketView Of(TicketState ticket, IConfiguration configuration, Instant now) =>
        new(
            ticket.Key,
            ticket.Type,
            ticket.RequestType,
            ticket.Summary,
            ticket.Description,
            StatusOf(configuration, ticket.Type, ticket.Status, ticket.Category),
            ticket.Resolution,
            ticket.Priority,
            ticket.Requester,
            ticket.Organization,
            ticket.Participants,
            ValueMap<FieldValue>.From(ticket.Fields.Where(field => IsSeen(field.Key, configuration))),
            ticket.PublicComments,
            ticket.CreatedAt,
            ticket.PublicUpdatedAt,
            ticket.ResolvedAt,
            ticket.ClosedAt,
            configuration.WorkflowOf(ticket.Type)?.MayReopen(ticket, now) == true
        );

    /// <summary>
    /// The ticket as a viewer sees it who does not work on its desk. Who is asked for an approval sees the fields that it shows;
    /// who is only asked, no more than what was asked for: neither who talks about it nor how much.
    /// </summary>
    public static PublicTicketView For(Viewer viewer, TicketState ticket, IConfiguration configuration, Instant now)
    {
        var view = Of(ticket, configuration, now);
        var seen = FieldsFor(viewer, ticket, configuration);
        view = view with
        {
            Organization = TicketSharing.OwnKnownTo(viewer, ticket),
            Fields = ValueMap<FieldValue>.From(ticket.Fields.Where(field => seen(field.Key))),
        };
        return TicketAccess.MayRead(viewer, ticket)
            ? view
            : view with
            {
                Participants = [],
                Comments = 0,
                MayReopen = false,
            };
    }

    /// <summary>Whether a viewer who does not work on the desk sees a field of the ticket, by its id.</summary>
    public static Func<string, bool> FieldsFor(Viewer viewer, TicketState ticket, IConfiguration configuration)
    {
        var shown = ApprovalAccess.ShownFields(ticket, viewer.Person.Id, configuration).ToHashSet();
        return field =>
            (shown.Contains(field) || IsSeen(field, configuration))
            && FieldSight.Sees(viewer, field, ticket.Status, configuration);
    }

    /// <summary>A status as customers know it; its id when the workflow no longer has it.</summary>
    public static PublicStatus StatusOf(
        IConfiguration configuration,
        string type,
        string status,
        StatusCategory category
    ) =>
        configuration.WorkflowOf(type)?.Status(status) is { } known
            ? new PublicStatus(known.Id, known.CustomerName ?? known.Name, known.Category)
            : new PublicStatus(status, LocalizedText.Of(status), category);

    /// <summary>Whether an event changes a field that a viewer sees who does not work on the desk.</summary>
    public static bool ChangesField(
        Viewer viewer,
        TicketState ticket,
        TicketEvent @event,
        IConfiguration configuration
    ) =>
        @event is FieldsChanged changed
        && TicketAccess.MaySee(viewer, ticket)
        && changed.Fields.Keys.Any(FieldsFor(viewer, ticket, configuration));

    /// <summary>What happened, as a customer sees it, in order. A change between statuses that are one to customers is none.</summary>
    /// <param name="events">All events of the ticket, in order.</param>
    public static IReadOnlyList<PublicEntry> Timeline(
        Viewer viewer,
        TicketState ticket,
        IEnumerable<RecordedEvent> events,
        IConfiguration configuration
    )
    {
        var entries = new List<PublicEntry>();
        var type = string.Empty;
        var titles = new Dictionary<long, LocalizedText>();
        foreach (var recorded in Seen(viewer, ticket, events, configuration))
        {
            type = recorded.Event switch
            {
                TicketOpened opened => opened.Type,
                TicketMoved moved => moved.Type,
                _ => type,
            };
            if (recorded.Event is ApprovalRequested asked)
            {
                titles[asked.Approval] = asked.Title;
            }

            if (Entry(recorded, type, configuration, titles) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>The events that a viewer sees as a customer, without files that are hidden from that one.</summary>
    public static IEnumerable<RecordedEvent> Seen(
        Viewer viewer,
        TicketState ticket,
        IEnumerable<RecordedEvent> events,
        IConfiguration configuration
    )
    {
        var hidden = FileSight.HiddenFrom(viewer, ticket, configuration);
        foreach (
            var recorded in events.Where(recorded => TicketAccess.MaySeeAsCustomer(viewer, ticket, recorded.Event))
        )
        {
            if (FileSight.Shown(hidden, recorded.Event) is { } shown)
            {
                yield return ReferenceEquals(shown, recorded.Event) ? recorded : recorded with { Event = shown };
            }
        }
    }

    /// <summary>The files that customers may download, by id.</summary>
    /// <param name="events">All events of one ticket.</param>
    public static IReadOnlyDictionary<long, AttachedFile> Files(IEnumerable<RecordedEvent> events) =>
        events
            .Where(recorded => Audiences.Of(recorded.Event) == Audience.Everyone)
            .SelectMany(recorded =>
                recorded.Event switch
                {
                    PublicCommentAdded comment => comment.Files,
                    FilesAttached attached => attached.Files,
                    _ => [],
                }
            )
            .DistinctBy(file => file.Id)
            .ToDictionary(file => file.Id);

    private static bool IsSeen(string field, IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(field, out var document) && document.CustomersSee;

    private static PublicEntry? Entry(
        RecordedEvent recorded,
        string type,
        IConfiguration configuration,
        Dictionary<long, LocalizedText> titles
    )
    {
        var (at, by) = (recorded.At, recorded.Actor.Person);
        return recorded.Event switch
        {
            TicketOpened => new PublicOpening(at, by),
            PublicCommentAdded e => new PublicComment(at, by, e.CommentId, e.Body, e.ByCustomer, e.Files),
            FilesAttached e => new PublicFiles(at, by, e.Files),
            StatusChanged e => StatusChange(e, at, by, type, configuration),
            ParticipantsAdded e => new PublicParticipation(at, by, e.People, []),
            ParticipantsRemoved e => new PublicParticipation(at, by, [], e.People),
            TicketMoved e => new PublicMove(at, by, e.From, e.To),
            ApprovalRequested e => new PublicApproval(at, by, e.Approval, e.Title),
            ApprovalAnswered e => new PublicApproval(at, by, e.Approval, Title(e.Approval), Approves: e.Approves),
            ApprovalDelegated e => new PublicApproval(at, by, e.Approval, Title(e.Approval), To: e.To),
            ApprovalEnded e => new PublicApproval(at, by, e.Approval, Title(e.Approval), Outcome: e.State),
            _ => null,
        };

        LocalizedText Title(long approval) => titles.GetValueOrDefault(approval, LocalizedText.Of(string.Empty));
    }

    private static PublicStatusChange? StatusChange(
        StatusChanged change,
        Instant at,
        PersonId? by,
        string type,
        IConfiguration configuration
    )
    {
        // The category before is only needed for a status that no longer exists; then it is as good as active.
        var from = StatusOf(configuration, type, change.From, StatusCategory.Active);
        var to = StatusOf(configuration, type, change.To, change.Category);
        return from.Name.Equals(to.Name) ? null : new PublicStatusChange(at, by, from, to);
    }
}
