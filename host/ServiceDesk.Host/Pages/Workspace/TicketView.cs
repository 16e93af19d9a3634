using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.History;
using ServiceDesk.Host.Pages.Merging;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Everything that an agent's page of a ticket shows.</summary>
public sealed record TicketView
{
    public required TicketSnapshot Ticket { get; init; }
    public required DeskDocument Desk { get; init; }
    public required string TypeName { get; init; }
    public required string TypeIcon { get; init; }
    public required WorkflowDocument? Workflow { get; init; }
    public required IReadOnlyList<WorkflowTransition> Transitions { get; init; }

    /// <summary>The organizations of the requester: which one it is for can be changed where there are some.</summary>
    public IReadOnlyList<Organization> Organizations { get; init; } = [];

    /// <summary>The organizations whose members see it.</summary>
    public IReadOnlyList<Organization> SharedWith { get; init; } = [];

    /// <summary>Whether its desk shares at all.</summary>
    public bool Shares { get; init; }

    /// <summary>Whether it is kept from its own organization, if it has one.</summary>
    public bool IsPrivate => TicketSharing.IsPrivate(State);

    /// <summary>The names of <see cref="Agents"/>, those who are absent with their last day.</summary>
    public required IReadOnlyDictionary<PersonId, string> AgentNames { get; init; }

    /// <summary>Transitions that follow from the approval of the status, and that nobody takes by hand.</summary>
    public IReadOnlyList<WorkflowTransition> HeldByApproval { get; init; } = [];

    /// <summary>What holds the approval of the status up, or the transition after it; null for nothing.</summary>
    public TroubleWords? Trouble { get; init; }
    public required bool MayReopen { get; init; }
    public required FullConversation Conversation { get; init; }

    /// <summary>Its comments, and those of tickets that were merged into it, by time.</summary>
    public required IReadOnlyList<ConversationPost> Posts { get; init; }
    public required IReadOnlyList<HistoryLine> History { get; init; }
    public required IReadOnlyDictionary<long, HistoryLine> HistoryByVersion { get; init; }

    /// <summary>Bulk edits that changed it, and their undoes.</summary>
    public required IReadOnlyList<BulkMark> BulkMarks { get; init; }

    /// <summary>What was done at escalation levels, by metric and cycle.</summary>
    public required ILookup<(string Metric, int Cycle), HistoryLine> Escalations { get; init; }
    public required IReadOnlyList<NamedClock> Clocks { get; init; }
    public required IReadOnlyDictionary<PersonId, Person> People { get; init; }
    public required string? Organization { get; init; }
    public required string? Team { get; init; }
    public required IReadOnlyList<Person> Agents { get; init; }
    public required IReadOnlyList<Team> Teams { get; init; }
    public required IReadOnlyList<Team> AllTeams { get; init; }
    public required IReadOnlyList<ApprovalDocument> ApprovalPolicies { get; init; }
    public required IReadOnlyList<FieldDocument> Fields { get; init; }

    /// <summary>Ids of fields that a status needs and that are still empty, by status.</summary>
    public required ILookup<string, string> Lacking { get; init; }

    /// <summary>Whether the reader has to fill a field before leaving its status.</summary>
    public required bool IsToFill { get; init; }

    /// <summary>Whether a transition needs its own page first: something must be given.</summary>
    public bool Asks(WorkflowTransition transition) =>
        IsToFill
        || transition.RequiresResolution
        || transition.Screen.Count > 0
        || transition.RequiredFields.Count > 0
        || Lacking.Contains(transition.To);

    /// <summary>The step of the checklist whose change was refused, with what was typed; null for none.</summary>
    public (int Task, TypedTask Typed)? Typing { get; init; }

    /// <summary>Images that texts of the ticket may show.</summary>
    public required ProseImages Images { get; init; }

    /// <summary>The ticket's state.</summary>
    public TicketState State => Ticket.State;

    /// <summary>The status's name for agents.</summary>
    public string StatusName => Workflow?.Status(State.Status)?.Name.ToString() ?? State.Status;

    /// <summary>The name of a person; a question mark for one who is gone.</summary>
    public string NameOf(PersonId? id) => id is { } known && People.TryGetValue(known, out var p) ? p.Name : "?";
}

/// <summary>Reads what an agent's page of a ticket shows.</summary>
public sealed class TicketViews(
    ICurrentConfiguration configuration,
    ITicketConversation conversation,
    ConversationPosts posts,
    IEventLog log,
    IBulkRuns bulk,
    IPeopleStore people,
    AgentDirectory agents,
    OrganizationChoice organizations,
    EventSentences sentences,
    TicketCondition condition,
    QueryLanguage language,
    ScriptGuards guards,
    WholeTickets wholes,
    IHttpContextAccessor request,
    ITexts texts,
    IClock clock
)
{
    /// <summary>The page's content; the viewer works on the ticket's desk.</summary>
    public async Task<TicketView> ReadAsync(Viewer viewer, TicketSnapshot ticket, CancellationToken cancellation)
    {
        var (state, now, snapshot) = (ticket.State, clock.GetCurrentInstant(), configuration.Snapshot);
        snapshot.TryGet<DeskDocument>(state.Desk, out var desk);
        snapshot.TryGet<TicketTypeDocument>(state.Type, out var type);
        var full = await conversation.ReadForAgentAsync(viewer, state, snapshot, cancellation);
        var written = await posts.OfAsync(viewer, state, full, cancellation);
        var events = FieldSight.Shown(viewer, state, await log.ReadTicketAsync(state.Id, cancellation), snapshot);
        var whole = await wholes.OfAsync(viewer, ticket, cancellation);
        var teams = await people.TeamsAsync(cancellation);
        var offered = await agents.OfAsync(desk is null ? [] : [desk], teams, cancellation);
        var known = await people.FindAsync([.. PeopleOf(state, full, written, events)], cancellation);
        var names = new HistoryNames(
            known.ToDictionary(p => p.Key, p => p.Value.Name),
            teams.ToDictionary(t => t.Id, t => t.Name)
        )
        {
            Groups = await people.GroupNamesAsync(
                events.SelectMany(one => EventSentences.ValuesIn(one.Event)),
                cancellation
            ),
        };
        var history = sentences.Write(events, state, snapshot, names);
        var workflow = snapshot.WorkflowOf(state.Type);
        return new TicketView
        {
            Ticket = ticket,
            Desk = desk ?? new DeskDocument { Id = state.Desk, Name = LocalizedText.Of(state.Desk) },
            TypeName = type?.Name.ToString() ?? state.Type,
            TypeIcon = type?.Icon ?? "ticket",
            Workflow = workflow,
            BulkMarks = await bulk.OfTicketAsync(state.Id, cancellation),
            Transitions = await guards.OfferedAsync(
                whole,
                TransitionOffer.For(viewer, whole, snapshot, condition, now),
                cancellation
            ),
            HeldByApproval = TransitionOffer.HeldByApproval(viewer, state, snapshot),
            Trouble = TroubleWords.Of(FieldSight.Shown(viewer, state, snapshot), texts, snapshot),
            MayReopen = workflow?.MayReopen(state, now) ?? false,
            Conversation = full,
            Posts = written,
            History = history,
            HistoryByVersion = history.ToDictionary(line => line.Version),
            Escalations = events
                .Zip(history)
                .Where(pair => pair.First.Event is EscalationActed)
                .ToLookup(
                    pair => (((EscalationActed)pair.First.Event).Metric, ((EscalationActed)pair.First.Event).Cycle),
                    pair => pair.Second
                ),
            Clocks = NamedClock.Read(ticket.Clocks, now, snapshot, language.HiddenFrom(viewer, snapshot)),
            People = known,
            Organizations = await organizations.OfAsync(viewer, known.GetValueOrDefault(state.Requester), cancellation),
            Organization = state.Organization is { } organization
                ? (await people.FindOrganizationAsync(organization, cancellation))?.Name
                : null,
            SharedWith = await SharedAsync(state, desk, cancellation),
            Shares = desk?.Customers.ShareWithinOrganization == true,
            Team = state.Team is { } team ? teams.FirstOrDefault(t => t.Id == team)?.Name : null,
            Agents = offered,
            AgentNames = await agents.NamesAsync(offered, cancellation),
            Teams = [.. teams.Where(t => desk is null || Core.Access.DeskAccess.Takes(desk, t))],
            AllTeams = teams,
            ApprovalPolicies = snapshot.All<ApprovalDocument>(),
            Fields =
            [
                .. FieldsOf(type, state, snapshot)
                    .Where(field => FieldSight.Sees(viewer, field.Id, state.Status, snapshot)),
            ],
            Lacking = (workflow?.Statuses ?? [])
                .SelectMany(status =>
                    FieldNeeds.In(status.Id, state.Type, snapshot).Select(field => (Status: status.Id, Field: field))
                )
                .Where(need => whole.State.Fields.Find(need.Field) is null)
                .Where(need => FieldSight.Sees(viewer, need.Field, state.Status, snapshot))
                .ToLookup(need => need.Status, need => need.Field, StringComparer.Ordinal),
            IsToFill = FieldNeeds
                .ToLeave(viewer, state.Status, state.Type, snapshot)
                .Any(field => state.Fields.Find(field) is null),
            Images = new ProseImages(FileRoutes.PrefixOf(request.HttpContext!, state.Key), [.. ImagesOf(full)]),
        };
    }

    private async Task<IReadOnlyList<Organization>> SharedAsync(
        TicketState state,
        DeskDocument? desk,
        CancellationToken cancellation
    )
    {
        var found = new List<Organization>();
        foreach (var id in desk?.Customers.ShareWithinOrganization == true ? TicketSharing.With(state) : [])
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                found.Add(organization);
            }
        }

        return found;
    }

    private static IEnumerable<FieldDocument> FieldsOf(
        TicketTypeDocument? type,
        TicketState state,
        IConfiguration snapshot
    )
    {
        var own =
            state.RequestType is { } asked
            && snapshot.TryGet<RequestTypeDocument>(asked, out var request)
            && request.AgentFields.Count > 0
                ? request.AgentFields
                : type?.Fields ?? [];
        foreach (var id in own.Concat(state.Fields.Keys).Distinct(StringComparer.Ordinal))
        {
            if (snapshot.TryGet<FieldDocument>(id, out var field))
            {
                yield return field;
            }
        }
    }

    private static IEnumerable<AttachedFile> ImagesOf(FullConversation conversation) =>
        conversation
            .Files.Concat(conversation.Comments.SelectMany(c => c.Files))
            .Where(a => a.Removed is null)
            .Select(a => a.File)
            .Where(f => MediaTypes.IsImage(f.ContentType));

    private static IEnumerable<PersonId> PeopleOf(
        TicketState state,
        FullConversation conversation,
        IReadOnlyCollection<ConversationPost> posts,
        IReadOnlyCollection<RecordedEvent> events
    ) =>
        EventSentences
            .Mentioned(events)
            .People.Concat(state.Participants)
            .Concat(state.Watchers)
            .Concat(posts.SelectMany(post => post.Redactors))
            .Concat(ApprovalView.PeopleOf(state))
            .Concat(state.Tasks.SelectMany(task => (PersonId?[])[task.Assignee, task.DoneBy]).OfType<PersonId>())
            .Concat(posts.Select(post => post.Comment.Author.Person).OfType<PersonId>())
            .Concat(conversation.Files.Select(f => f.Author).OfType<PersonId>())
            .Concat(state.Fields.Values.OfType<PersonValue>().Select(v => v.Person))
            .Concat(new[] { state.Assignee, state.Requester }.OfType<PersonId>())
            .Distinct();
}
