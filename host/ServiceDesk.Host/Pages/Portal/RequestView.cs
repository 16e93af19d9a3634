using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Merging;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>Everything that the page of a request shows to a customer. Holds nothing internal: it is made from public readings only.</summary>
public sealed record RequestView
{
    /// <summary>The request in short.</summary>
    public required RequestSummary Summary { get; init; }

    /// <summary>The ticket, for slots of plugins.</summary>
    public required TicketSnapshot Ticket { get; init; }

    /// <summary>Comments and files.</summary>
    public required PublicConversation Conversation { get; init; }

    /// <summary>What happened, newest first.</summary>
    public required IReadOnlyList<RequestTimeline.Entry> Timeline { get; init; }

    /// <summary>Names of everybody on the page.</summary>
    public required IReadOnlyDictionary<PersonId, string> Names { get; init; }

    /// <summary>Fields that customers see, with their values in words.</summary>
    public required IReadOnlyList<(string Name, string Value, FilesValue? Files)> Fields { get; init; }

    /// <summary>The approvals that the viewer may see, newest first.</summary>
    public required IReadOnlyList<Approval> Approvals { get; init; }

    /// <summary>Whether the viewer is only asked for an approval: then the page shows what was asked for and the approval, and nothing else.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether the viewer may answer, or only reads.</summary>
    public required bool MayAnswer { get; init; }

    /// <summary>Where it went, when it was merged into another request; null for one of its own.</summary>
    public MergedInto? Merged { get; init; }

    /// <summary>Whether the viewer follows there: who only reads does not.</summary>
    public bool FollowsMerge { get; init; }

    /// <summary>What was written on requests that were merged into this one, as far as the viewer may read it.</summary>
    public required IReadOnlyList<MergedRequest> Taken { get; init; }

    /// <summary>By the id of a comment, the request that it became, where the viewer may see that one.</summary>
    public required IReadOnlyDictionary<long, TicketKey> SplitOff { get; init; }

    /// <summary>The request out of a message of which it came, where the viewer may see that one; null otherwise.</summary>
    public TicketKey? CameFrom { get; init; }

    /// <summary>Whether it can be opened again.</summary>
    public required bool MayReopen { get; init; }

    /// <summary>The transitions that the viewer may take.</summary>
    public required IReadOnlyList<WorkflowTransition> Ways { get; init; }

    /// <summary>The customer's transitions that follow from the approval of the status.</summary>
    public required IReadOnlyList<WorkflowTransition> HeldByApproval { get; init; }

    /// <summary>The resolutions that a transition may ask for.</summary>
    public required IReadOnlyList<WorkflowResolution> Resolutions { get; init; }

    /// <summary>Colleagues who can be invited: id and name.</summary>
    public required IReadOnlyList<(string Id, string Name)> Invitable { get; init; }

    /// <summary>With whom it is shared; null where its desk shares nothing, and for whom nothing is to be told.</summary>
    public RequestSharing? Sharing { get; init; }

    /// <summary>Colleagues whom the viewer may ask for approval: id and name; nobody where the viewer may not ask.</summary>
    public required IReadOnlyList<(string Id, string Name)> Approvers { get; init; }

    /// <summary>By when it will be solved; null when there is nothing to expect.</summary>
    public ExpectedSolution? Expected { get; init; }

    /// <summary>The accent of its desk.</summary>
    public string? Accent { get; init; }

    /// <summary>The name of a person on the page.</summary>
    public string NameOf(PersonId? person, string otherwise) =>
        person is { } id && Names.TryGetValue(id, out var name) ? name : otherwise;
}

/// <summary>With whom a request is shared, as far as the viewer may know.</summary>
/// <param name="With">The organizations whose members see it, and whether the viewer may end that.</param>
/// <param name="Further">Organizations with which the viewer may share it.</param>
/// <param name="IsPrivate">Whether it is kept from its own one.</param>
public sealed record RequestSharing(
    IReadOnlyList<(Organization Organization, bool MayEnd)> With,
    IReadOnlyList<Organization> Further,
    bool IsPrivate
);

/// <summary>A request that was merged into another one, with what was written on it.</summary>
public sealed record MergedRequest(TicketState Ticket, PublicConversation Conversation)
{
    /// <summary>Everybody who wrote or asked.</summary>
    public IEnumerable<PersonId> People =>
        Conversation.Comments.Select(comment => comment.Author.Person).OfType<PersonId>().Append(Ticket.Requester);
}

/// <summary>Collects what the page of a request shows.</summary>
public sealed class RequestReader(
    ICurrentConfiguration configuration,
    ITicketConversation conversation,
    TakenTickets taken,
    IEventLog log,
    IPeople people,
    Colleagues colleagues,
    QueryLanguage language,
    ITicketQueries queries,
    WholeTickets wholes,
    ReaderTimes times,
    ITexts texts
)
{
    /// <summary>Reads for a viewer who was shown the ticket.</summary>
    public async Task<RequestView> ReadAsync(Viewer viewer, TicketSnapshot ticket, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var state = ticket.State;
        var talk = await conversation.ReadForCustomerAsync(viewer, state, snapshot, cancellation);
        var mayRead = TicketAccess.MayRead(viewer, state);
        var events = await log.ReadTicketAsync(state.Id, cancellation);
        var others = await TakenAsync(viewer, state, cancellation);
        var names = await NamesAsync(ticket, talk, others, events, cancellation);
        var workflow = snapshot.WorkflowOf(state.Type);
        var whole = await wholes.OfAsync(viewer, ticket, cancellation);
        // In the portal an agent who takes part is a customer like any other; who only reads may not answer.
        var takesPart = TicketAccess.StandingOf(viewer, state) >= Standing.TakesPart;
        var mayAnswer = takesPart && state.Merged is null;
        return new RequestView
        {
            Summary = RequestSummary.Of(state, snapshot),
            Ticket = ticket,
            Conversation = talk,
            Timeline = [.. new RequestTimeline(viewer, snapshot, texts).Of(state, events, names).Reverse()],
            Names = names,
            Fields =
            [
                .. Fields(
                    viewer,
                    state,
                    snapshot,
                    new FieldWords(times, texts, names, await people.GroupNamesAsync(state.Fields.Values, cancellation))
                ),
            ],
            Approvals = [.. PortalApprovals(viewer, state, mayRead).Reverse()],
            IsAsked = !mayRead,
            MayAnswer = mayAnswer,
            Merged = state.Merged,
            FollowsMerge = TicketAccess.IsCustomerOf(state, viewer.Person.Id),
            Taken = others,
            SplitOff = await SplitOffAsync(viewer, state, talk, cancellation),
            CameFrom = state.Origin is { Kind: OriginKind.Split, Key: var origin }
                ? (await queries.FindByKeyAsync(viewer, origin, cancellation))?.State.Key
                : null,
            MayReopen = mayAnswer && workflow?.MayReopen(state, times.Now) == true,
            Ways = mayAnswer ? [.. Ways(viewer, whole, snapshot)] : [],
            HeldByApproval =
            [
                .. TransitionOffer.HeldByApproval(viewer, state, snapshot).Where(way => way.Customers && mayAnswer),
            ],
            Resolutions = workflow?.Resolutions ?? [],
            Invitable = mayAnswer ? await InvitableAsync(viewer, state, cancellation) : [],
            Sharing =
                mayRead
                && snapshot.TryGet<DeskDocument>(state.Desk, out var shares)
                && shares.Customers.ShareWithinOrganization
                    ? await SharingAsync(viewer, state, mayAnswer, cancellation)
                    : null,
            Approvers = CustomerApproval.MayAsk(viewer.Person.Id, state, snapshot)
                ? await ApproversAsync(viewer, state, cancellation)
                : [],
            Expected = mayRead ? ExpectedSolution.Of(ticket, times.Now, snapshot) : null,
            Accent = snapshot.TryGet<DeskDocument>(state.Desk, out var desk) ? desk.Accent : null,
        };
    }

    /// <summary>The customer's transition of that id that the viewer may take now; null for none.</summary>
    public async Task<WorkflowTransition?> WayAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        string id,
        CancellationToken cancellation
    ) =>
        TicketAccess.StandingOf(viewer, ticket.State) >= Standing.TakesPart
            ? Ways(viewer, await wholes.OfAsync(viewer, ticket, cancellation), configuration.Snapshot)
                .FirstOrDefault(way => way.Id == id)
            : null;

    private IEnumerable<WorkflowTransition> Ways(Viewer viewer, TicketSnapshot whole, IConfiguration snapshot) =>
        TransitionOffer.For(viewer, whole, snapshot, language.Holds, times.Now).Where(way => way.Customers);

    // Who takes part in this request only does not read what others wrote on theirs.
    private async Task<IReadOnlyList<MergedRequest>> TakenAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var found = new List<MergedRequest>();
        foreach (var other in await taken.OfAsync(ticket, cancellation))
        {
            if (TicketAccess.MayRead(viewer, other))
            {
                var talk = await conversation.ReadForCustomerAsync(viewer, other, configuration.Snapshot, cancellation);
                found.Add(new MergedRequest(other, talk));
            }
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<long, TicketKey>> SplitOffAsync(
        Viewer viewer,
        TicketState ticket,
        PublicConversation talk,
        CancellationToken cancellation
    )
    {
        var seen = new Dictionary<long, TicketKey>();
        foreach (var child in ticket.Offspring)
        {
            if (
                child.Comment is { } comment
                && talk.Comments.Any(one => one.Id == comment)
                && await queries.FindByKeyAsync(viewer, child.Key, cancellation) is { } other
            )
            {
                seen[comment] = other.State.Key;
            }
        }

        return seen;
    }

    // In the portal an agent sees no more than anybody else whom an approval concerns.
    private static IEnumerable<Approval> PortalApprovals(Viewer viewer, TicketState ticket, bool mayRead) =>
        ticket.Approvals.Where(approval => (mayRead && approval.CustomersSee) || approval.Concerns(viewer.Person.Id));

    // Who only reads learns of the own organizations; in the portal the requester alone says with whom it is shared.
    private async Task<RequestSharing?> SharingAsync(
        Viewer viewer,
        TicketState ticket,
        bool mayAnswer,
        CancellationToken cancellation
    )
    {
        var own = viewer.Person.Organizations;
        var says = mayAnswer && viewer.Person.Id == ticket.Requester;
        var takesPart = TicketAccess.StandingOf(viewer, ticket) >= Standing.TakesPart;
        var houses = TicketSharing.With(ticket).Where(one => takesPart || own.Contains(one)).ToList();
        var names = new Dictionary<OrganizationId, Organization>();
        foreach (var id in houses.Concat(says ? own : []).Distinct())
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                names[id] = organization;
            }
        }

        var sharing = new RequestSharing(
            [.. houses.Where(names.ContainsKey).Select(id => (names[id], says && own.Contains(id)))],
            says ? [.. own.Where(id => !houses.Contains(id) && names.ContainsKey(id)).Select(id => names[id])] : [],
            takesPart && TicketSharing.IsPrivate(ticket)
        );
        // Where there is no house that could read along, nothing is kept from any.
        return sharing is { With: [], Further: [], IsPrivate: false } ? null : sharing;
    }

    private async Task<IReadOnlyList<(string Id, string Name)>> InvitableAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var houses = viewer.WorksOn(ticket.Desk)
            ? TicketSharing.Houses(ticket)
            : TicketSharing.Inviting(viewer, ticket);
        var members = await colleagues.OfAsync(houses, [], cancellation);
        var inside = ticket.Participants.Add(ticket.Requester).Select(person => person.ToString()).ToHashSet();
        return [.. members.Where(member => !inside.Contains(member.Id))];
    }

    private async Task<IReadOnlyList<(string Id, string Name)>> ApproversAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        [
            .. (await MembersAsync(viewer, ticket, cancellation)).Where(member =>
                member.Id != ticket.Requester.ToString()
            ),
        ];

    // Who was invited from elsewhere does not learn who works at the ticket's organization.
    private async Task<IReadOnlyList<(string Id, string Name)>> MembersAsync(
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        ticket.Organization is { } organization
        && (viewer.WorksOn(ticket.Desk) || viewer.Person.Organizations.Contains(organization))
            ? await colleagues.OfAsync([organization], [], cancellation)
            : [];

    private async Task<IReadOnlyDictionary<PersonId, string>> NamesAsync(
        TicketSnapshot ticket,
        PublicConversation talk,
        IReadOnlyList<MergedRequest> others,
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        var wanted = talk
            .Comments.Select(comment => comment.Author.Person)
            .Concat(talk.Files.Select(file => file.Author))
            .OfType<PersonId>()
            .Concat(others.SelectMany(other => other.People))
            .Concat(RequestTimeline.People(events))
            .Concat(ticket.State.Participants)
            .Concat(ApprovalView.PeopleOf(ticket.State))
            .Concat(ticket.State.Fields.Values.OfType<PersonValue>().Select(value => value.Person))
            .Append(ticket.State.Requester)
            .Distinct()
            .ToList();
        return (await people.FindAsync(wanted, cancellation)).ToDictionary(
            found => found.Key,
            found => found.Value.Name
        );
    }

    private IEnumerable<(string, string, FilesValue?)> Fields(
        Viewer viewer,
        TicketState ticket,
        IConfiguration snapshot,
        FieldWords words
    )
    {
        var isSeen = CustomerViews.FieldsFor(viewer, ticket, snapshot);
        var order = snapshot.TryGet<TicketTypeDocument>(ticket.Type, out var type) ? type.Fields : [];
        foreach (var id in order)
        {
            if (ticket.Fields.Find(id) is { } value && snapshot.TryGet<FieldDocument>(id, out var field) && isSeen(id))
            {
                yield return (field.Name.ToString(), words.Of(field, value), value as FilesValue);
            }
        }
    }
}
