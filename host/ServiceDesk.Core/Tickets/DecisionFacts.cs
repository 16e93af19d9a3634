using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>People, teams and organizations that a decision asks about. The answer also holds the organizations and teams of these people.</summary>
public sealed record FactsQuestion(ValueList<PersonId> People, ValueList<TeamId> Teams)
{
    /// <summary>People that are named by their address.</summary>
    public ValueList<string> Addresses { get; init; } = [];

    /// <summary>Teams that are named by their name.</summary>
    public ValueList<string> TeamNames { get; init; } = [];

    /// <summary>Roles whose people are wanted.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>Whether the members of the teams are wanted.</summary>
    public bool WithMembers { get; init; }

    /// <summary>People whose managers are wanted too.</summary>
    public ValueList<PersonId> ManagersOf { get; init; } = [];

    /// <summary>Whether the leads of the teams are wanted.</summary>
    public bool WithLeads { get; init; }

    /// <summary>Whether it is wanted who stands in for people that are absent now.</summary>
    public bool WithStandIns { get; init; }

    /// <summary>Whether the contacts of <see cref="Organizations"/> are wanted too.</summary>
    public bool WithContacts { get; init; }

    /// <summary>Organizations that are named themselves.</summary>
    public ValueList<OrganizationId> Organizations { get; init; } = [];

    /// <summary>Nothing to look up.</summary>
    public static FactsQuestion None { get; } = new([], []);

    /// <summary>What has to be known before <paramref name="command"/> can be decided under a configuration.</summary>
    public static FactsQuestion Of(TicketState? before, TicketCommand command, IConfiguration configuration) =>
        command switch
        {
            OpenTicket { Then.Count: > 0 } open => Together([
                Of(before, open with { Then = [] }, configuration),
                .. open.Then.Select(part => Of(before, part, configuration)),
            ]),
            OpenTicket open => Together([
                new(Known([open.Requester, open.Assignee]), TeamOf(open.Team)) { WithStandIns = open.ToStandIn },
                NamedIn(open.Fields.Values),
            ]),
            EditTicket { Fields: { } fields } => NamedIn(fields.Values),
            TransitionTicket transition => NamedIn(transition.Fields.Values),
            AssignTicket assign => new(Known([assign.Assignee]), TeamOf(assign.Team))
            {
                WithStandIns = assign.ToStandIn,
            },
            HandApprovalOver over => new([over.To], []),
            TakeAssignment take => new(Known([take.Decided.Assignee]), [take.Decided.Team]),
            ChangeOrganization => new(Known([before?.Requester]), []),
            ShareTicket share => new([], []) { Organizations = [share.Organization] },
            UnshareTicket unshare => new([], []) { Organizations = [unshare.Organization] },
            AddParticipants add => new(Known(add.People.Select(id => (PersonId?)id)), []),
            ChangeTicket change => Together(change.Parts.Select(part => Of(before, part, configuration)).ToList()),
            RequestApproval ask => Approvers(before, ask, configuration),
            DelegateApproval delegated => new([delegated.To], []),
            WatchTicket watch => new([watch.Person], []),
            AddTask { Assignee: { } doer } => new([doer], []),
            ChangeTask { Assignee: { } doer } => new([doer], []),
            MoveTicket move => Together([
                new(Known([before?.Assignee]), TeamOf(before?.Team)),
                NamedIn([.. before?.Fields.Values ?? [], .. move.Values.Values]),
            ]),
            _ => None,
        };

    private static FactsQuestion Together(IReadOnlyCollection<FactsQuestion> parts) =>
        new(
            parts.SelectMany(part => part.People).Distinct().ToValueList(),
            parts.SelectMany(part => part.Teams).Distinct().ToValueList()
        )
        {
            Organizations = parts.SelectMany(part => part.Organizations).Distinct().ToValueList(),
            Addresses = parts.SelectMany(part => part.Addresses).Distinct(StringComparer.Ordinal).ToValueList(),
            TeamNames = parts.SelectMany(part => part.TeamNames).Distinct(StringComparer.Ordinal).ToValueList(),
            Roles = parts.SelectMany(part => part.Roles).Distinct(StringComparer.Ordinal).ToValueList(),
            WithMembers = parts.Any(part => part.WithMembers),
            ManagersOf = parts.SelectMany(part => part.ManagersOf).Distinct().ToValueList(),
            WithLeads = parts.Any(part => part.WithLeads),
            WithContacts = parts.Any(part => part.WithContacts),
            WithStandIns = parts.Any(part => part.WithStandIns),
        };

    private static FactsQuestion Approvers(TicketState? before, RequestApproval ask, IConfiguration configuration)
    {
        if (ask.Policy is null)
        {
            return new(
                ask.Steps.SelectMany(step => step.People).Distinct().ToValueList(),
                ask.Steps.SelectMany(step => step.Teams).Distinct().ToValueList()
            )
            {
                Roles = ask.Steps.SelectMany(step => step.Roles).Distinct(StringComparer.Ordinal).ToValueList(),
                WithMembers = true,
                WithStandIns = true,
            };
        }

        var steps = configuration.TryGet<ApprovalDocument>(ask.Policy, out var policy) ? policy.Steps : [];
        var fallback = policy?.Fallback ?? new FallbackApprovers();
        var requester = steps.Any(step => step.Manager) && before is not null ? before.Requester : (PersonId?)null;
        var named = steps.SelectMany(step => step.Fields).Select(field => before?.Fields.Find(field));
        return new(Known([requester, .. PeopleIn(named)]), [])
        {
            ManagersOf = Known([requester]),
            WithLeads = steps.Any(step => step.Leads.Count > 0),
            Organizations =
                steps.Any(step => step.OrganizationContact) && before?.Organization is { } organization
                    ? [organization]
                    : [],
            WithContacts = steps.Any(step => step.OrganizationContact),
            WithStandIns = true,
            Addresses = steps
                .SelectMany(step => step.People)
                .Concat(fallback.People)
                .Distinct(StringComparer.Ordinal)
                .ToValueList(),
            TeamNames = steps
                .SelectMany(step => step.Teams.Concat(step.Leads))
                .Concat(fallback.Teams)
                .Distinct(StringComparer.Ordinal)
                .ToValueList(),
            Roles = steps
                .SelectMany(step => step.Roles)
                .Concat(fallback.Roles)
                .Distinct(StringComparer.Ordinal)
                .ToValueList(),
            WithMembers = true,
        };
    }

    private static FactsQuestion NamedIn(IEnumerable<FieldValue?> values)
    {
        var all = values.ToList();
        return new(Known(PeopleIn(all)), all.OfType<TeamValue>().Select(value => value.Team).Distinct().ToValueList())
        {
            Organizations = all.OfType<OrganizationValue>()
                .Select(value => value.Organization)
                .Distinct()
                .ToValueList(),
        };
    }

    private static IEnumerable<PersonId?> PeopleIn(IEnumerable<FieldValue?> values) =>
        values.OfType<PersonValue>().Select(value => (PersonId?)value.Person);

    private static ValueList<PersonId> Known(IEnumerable<PersonId?> ids) =>
        ids.OfType<PersonId>().Distinct().ToValueList();

    private static ValueList<TeamId> TeamOf(TeamId? id) => id is { } team ? [team] : [];
}

/// <summary>What the host looked up about people before a decision, so that the decision itself stays pure.</summary>
public sealed record DecisionFacts(
    ValueList<Person> People,
    ValueList<Organization> Organizations,
    ValueList<Team> Teams
)
{
    /// <summary>What plugins looked up for their own deciders and policies.</summary>
    public ValueList<object> OfPlugins { get; init; } = [];

    /// <summary>What scripts said to the transitions that the command may take.</summary>
    public ValueList<TransitionVerdict> Guards { get; init; } = [];

    /// <summary>Related tickets that stand in the way of the transitions that the command may take; one of a transition for each that was looked at.</summary>
    public ValueList<LinkedWork> Linked { get; init; } = [];

    /// <summary>The ticket that stays in the merge that the command makes or undoes, or out of which it opens another one; null when there is none, or it must look so.</summary>
    public RelatedTicket? Related { get; init; }

    /// <summary>Who stands in for people that are absent now.</summary>
    public ValueList<StandIn> StandIns { get; init; } = [];

    /// <summary>What the files of the ticket have together with those that the command attaches, in bytes; 0 where it attaches none.</summary>
    public long AttachedBytes { get; init; }

    /// <summary>The files that the ticket has or had, where the command puts files into fields.</summary>
    public ValueList<KnownFile> Files { get; init; } = [];

    /// <summary>All events of the ticket, where the command takes something out of them.</summary>
    public ValueList<RecordedEvent> Log { get; init; } = [];

    /// <summary>Nobody is known.</summary>
    public static DecisionFacts None { get; } = new([], [], []);

    /// <summary>The person, or null when there is none.</summary>
    public Person? Find(PersonId id) => People.FirstOrDefault(person => person.Id == id);

    /// <summary>The team, or null when there is none.</summary>
    public Team? Find(TeamId id) => Teams.FirstOrDefault(team => team.Id == id);

    /// <summary>The organization, or null when there is none.</summary>
    public Organization? Find(OrganizationId id) => Organizations.FirstOrDefault(organization => organization.Id == id);

    /// <summary>The person with this address, in any case; null when there is none.</summary>
    public Person? FindByAddress(string address) =>
        People.FirstOrDefault(person => string.Equals(person.Email, address, StringComparison.OrdinalIgnoreCase));

    /// <summary>The team with this name; null when there is none.</summary>
    public Team? FindTeam(string name) =>
        Teams.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The known members of a team.</summary>
    public IEnumerable<Person> MembersOf(Team team) =>
        People.Where(person => team.Members.Contains(person.Id) || person.Teams.Contains(team.Id));

    /// <summary>Whether the person may be given work of the desk.</summary>
    public bool WorksOn(DeskDocument desk, Person person, IConfiguration configuration) =>
        DeskAccess.WorksOn(desk, person, Teams, configuration);

    /// <summary>Whether the desk serves the person as a customer.</summary>
    public bool Serves(DeskDocument desk, Person person) => DeskAccess.Serves(desk, person, Organizations);
}
