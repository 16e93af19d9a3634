using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a ticket is: <see cref="Decide"/> says which facts follow from a command, <see cref="Evolve"/> what it is after a fact.</summary>
public static partial class Ticket
{
    /// <summary>The ticket after an event, facets included. Total: what does not fit changes no more than version and time, and nothing throws.</summary>
    /// <returns>Null while it was not opened.</returns>
    public static TicketState? Evolve(TicketState? ticket, RecordedEvent recorded, TicketExtensions extensions)
    {
        var after = (ticket, recorded.Event) switch
        {
            (null, TicketOpened opened) => Opened(opened, recorded.At),
            (null, _) => null,
            _ => Stamp(Changed(ticket, recorded), recorded),
        };
        after = after is null || ReferenceEquals(after.Fields, ticket?.Fields) ? after : FieldFiles.Noted(after);
        return after is null ? null : after with { Facets = Facets(ticket, recorded, extensions) };
    }

    private static TicketState Opened(TicketOpened opened, Instant at) =>
        new()
        {
            Id = opened.Id,
            Key = opened.Key,
            Version = 1,
            Type = opened.Type,
            RequestType = opened.RequestType,
            Summary = opened.Summary,
            Description = opened.Description,
            Status = opened.Status,
            Category = opened.Category,
            Priority = opened.Priority,
            Requester = opened.Requester,
            Organization = opened.Organization,
            IsPrivate = opened.IsPrivate,
            Language = opened.Language,
            Region = opened.Region,
            Assignee = opened.Assignee,
            Team = opened.Team,
            Fields = opened.Fields,
            Labels = opened.Labels,
            Channel = opened.Channel,
            ExternalId = opened.ExternalId,
            Origin = opened.Origin,
            CreatedAt = at,
            UpdatedAt = at,
            PublicUpdatedAt = at,
            StatusSince = at,
            ResolvedAt = opened.Category == StatusCategory.Done ? at : null,
        };

    private static TicketState Stamp(TicketState ticket, RecordedEvent recorded)
    {
        var at = Instant.Max(ticket.UpdatedAt, recorded.At);
        return ticket with
        {
            Version = ticket.Version + 1,
            UpdatedAt = at,
            PublicUpdatedAt = Audiences.Of(recorded.Event) == Audience.Everyone ? at : ticket.PublicUpdatedAt,
        };
    }

    private static TicketState Changed(TicketState ticket, RecordedEvent recorded) =>
        recorded.Event switch
        {
            TextEdited e => ticket with
            {
                Summary = e.Summary ?? ticket.Summary,
                Description = e.Description ?? ticket.Description,
            },
            FieldsChanged e => ticket with { Fields = With(ticket.Fields, e.Fields) },
            LabelsChanged e => ticket with { Labels = e.Labels },
            TicketAssigned e => ticket with { Assignee = e.Assignee, Team = e.Team },
            PriorityChanged e => ticket with { Priority = e.To },
            OrganizationChanged e => ticket with { Organization = e.To, Region = e.Region },
            TicketShared e => Shared(ticket, e.Organization),
            TicketUnshared e => Unshared(ticket, e.Organization),
            PublicCommentAdded e => Commented(ticket, e, recorded.At),
            InternalNoteAdded e => ticket with
            {
                InternalNotes = ticket.InternalNotes + 1,
                Attachments = ticket.Attachments + e.Files.Count,
            },
            FilesAttached e => ticket with { Attachments = ticket.Attachments + e.Files.Count },
            StatusChanged e => Entered(ticket, e.To, e.Category, e.Closes, e.Resolution, recorded.At),
            TicketMoved e => Moved(ticket, e, recorded.At),
            TextRedacted e => ticket with
            {
                Summary = e.Summary ?? ticket.Summary,
                Description = e.Description ?? ticket.Description,
            },
            FileRedacted e => ticket with
            {
                Attachments = Math.Max(0, ticket.Attachments - e.Places),
                Fields = FieldFiles.Without(ticket.Fields, e.File),
            },
            ParticipantsAdded e => ticket with { Participants = ticket.Participants.Union(e.People).ToValueList() },
            ParticipantsRemoved e => ticket with { Participants = ticket.Participants.Except(e.People).ToValueList() },
            WatchChanged e => ticket with { Watchers = Watching(ticket.Watchers, e) },
            ApprovalRequested e => ticket with
            {
                Approvals = ApprovalFold.Asked(ticket.Approvals, e, recorded),
                ApprovalTrouble =
                    recorded.Actor.Person is null && e.ForStatus == ticket.Status ? null : ticket.ApprovalTrouble,
            },
            ApprovalNotAsked e => ticket with
            {
                ApprovalTrouble = new ApprovalTrouble(e.Policy, null, null, e.Why, recorded.At),
            },
            ApprovalNotFollowed e => ticket with
            {
                ApprovalTrouble = new ApprovalTrouble(null, e.Approval, e.Transition, e.Why, recorded.At),
            },
            ApprovalAskedAgain => ticket with { ApprovalTrouble = null },
            ApprovalAnswered e => ticket with { Approvals = ApprovalFold.Answered(ticket.Approvals, e, recorded.At) },
            ApprovalReminded e => ticket with { Approvals = ApprovalFold.Reminded(ticket.Approvals, e, recorded.At) },
            ApprovalDelegated e => ticket with { Approvals = ApprovalFold.Delegated(ticket.Approvals, e, recorded.At) },
            ApprovalEnded e => ticket with { Approvals = ApprovalFold.Ended(ticket.Approvals, e, recorded.At) },
            TaskAdded e => TaskFold.Added(ticket, e),
            TaskChanged e => ticket with { Tasks = TaskFold.Changed(ticket.Tasks, e) },
            TaskTicked e => ticket with { Tasks = TaskFold.Ticked(ticket.Tasks, e, recorded) },
            TaskRemoved e => ticket with { Tasks = TaskFold.Removed(ticket.Tasks, e) },
            TaskPlaced e => ticket with { Tasks = TaskFold.Placed(ticket.Tasks, e) },
            TicketMerged e => MergeFold.Merged(ticket, e, recorded.At),
            MergeUndone => MergeFold.Undone(ticket),
            TicketTakenIn e => MergeFold.TakenIn(ticket, e, recorded.At),
            TicketLetGo e => MergeFold.LetGo(ticket, e),
            TicketSplitOff e => Bore(ticket, new(OriginKind.Split, e.Ticket, e.Key, e.Comment, recorded.At)),
            TicketDuplicated e => Bore(ticket, new(OriginKind.Duplicate, e.Ticket, e.Key, null, recorded.At)),
            TicketImported e => ticket with
            {
                ImportedUntil = Instant.Max(ticket.ImportedUntil ?? Instant.MinValue, e.Until),
            },
            DatesCorrected e => ticket with
            {
                CreatedAt = e.CreatedAt,
                ResolvedAt = e.ResolvedAt,
                ClosedAt = e.ClosedAt,
            },
            _ => ticket,
        };

    private static TicketState Shared(TicketState ticket, OrganizationId house) =>
        house == ticket.Organization ? ticket with { IsPrivate = false }
        : ticket.SharedWith.Contains(house) ? ticket
        : ticket with { SharedWith = ticket.SharedWith.Add(house) };

    private static TicketState Unshared(TicketState ticket, OrganizationId house) =>
        ticket with
        {
            IsPrivate = ticket.IsPrivate || house == ticket.Organization,
            SharedWith = ticket.SharedWith.Where(one => one != house).ToValueList(),
        };

    private static TicketState Commented(TicketState ticket, PublicCommentAdded comment, Instant at) =>
        ticket with
        {
            PublicComments = ticket.PublicComments + 1,
            Attachments = ticket.Attachments + comment.Files.Count,
            FirstAgentAnswerAt = comment.ByCustomer ? ticket.FirstAgentAnswerAt : ticket.FirstAgentAnswerAt ?? at,
            LastAgentAnswerAt = comment.ByCustomer ? ticket.LastAgentAnswerAt : at,
            LastCustomerCommentAt = comment.ByCustomer ? at : ticket.LastCustomerCommentAt,
        };

    private static TicketState Entered(
        TicketState ticket,
        string status,
        StatusCategory category,
        bool closes,
        string? resolution,
        Instant at
    )
    {
        var wasDone = ticket.Category == StatusCategory.Done;
        var isDone = category == StatusCategory.Done;
        return ticket with
        {
            Status = status,
            Category = category,
            StatusSince = at,
            ApprovalTrouble = null,
            Resolution = isDone ? resolution : null,
            ResolvedAt = (isDone, wasDone) switch
            {
                (true, true) => ticket.ResolvedAt ?? at,
                (true, false) => at,
                _ => null,
            },
            ClosedAt = isDone && closes ? at : null,
            ReopenCount = ticket.ReopenCount + (wasDone && !isDone ? 1 : 0),
        };
    }

    private static TicketState Moved(TicketState ticket, TicketMoved moved, Instant at)
    {
        var entered =
            ticket.Status == moved.Status && ticket.Category == moved.Category
                ? ticket
                : Entered(ticket, moved.Status, moved.Category, moved.Closes, ticket.Resolution, at);
        var formerKeys = entered.FormerKeys.Contains(moved.From)
            ? entered.FormerKeys
            : entered.FormerKeys.Add(moved.From);
        return entered with
        {
            Key = moved.To,
            FormerKeys = formerKeys.Remove(moved.To),
            Type = moved.Type,
            RequestType = moved.RequestType,
            ApprovalTrouble = null,
            Fields = With(entered.Fields, moved.Fields),
            ClosedAt = moved.Closes ? ticket.ClosedAt ?? entered.ClosedAt ?? at : null,
        };
    }

    private static TicketState Bore(TicketState ticket, TicketOffspring child) =>
        ticket.Offspring.Any(one => one.Ticket == child.Ticket)
            ? ticket
            : ticket with
            {
                Offspring = ticket.Offspring.Add(child),
            };

    private static ValueList<PersonId> Watching(ValueList<PersonId> watchers, WatchChanged change) =>
        (change.Watches, watchers.Contains(change.Person)) switch
        {
            (true, false) => watchers.Add(change.Person),
            (false, true) => watchers.Remove(change.Person),
            _ => watchers,
        };

    private static ValueMap<FieldValue> With(ValueMap<FieldValue> fields, ValueMap<FieldValue?> changes)
    {
        foreach (var (id, value) in changes)
        {
            fields = value is null ? fields.Remove(id) : fields.SetItem(id, value);
        }

        return fields;
    }

    private static ValueMap<object> Facets(TicketState? ticket, RecordedEvent recorded, TicketExtensions extensions)
    {
        var facets = ticket?.Facets ?? ValueMap<object>.Empty;
        foreach (var (id, model) in extensions.Facets)
        {
            var current = facets.Find(id);
            if (current is RawFacet)
            {
                continue;
            }

            var next = extensions.Guard($"facet {id}", () => model.Evolve(current, recorded, ticket), current);
            facets = next is null ? facets.Remove(id) : facets.SetItem(id, next);
        }

        return facets;
    }
}
