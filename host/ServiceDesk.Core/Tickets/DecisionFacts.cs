using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>People and teams that a decision asks about. The answer also holds the organizations and teams of these people.</summary>
public sealed record FactsQuestion(ValueList<PersonId> People, ValueList<TeamId> Teams)
{
    /// <summary>Nothing to look up.</summary>
    public static FactsQuestion None { get; } = new([], []);

    /// <summary>What has to be known before <paramref name="command"/> can be decided.</summary>
    public static FactsQuestion Of(TicketState? before, TicketCommand command) =>
        command switch
        {
            OpenTicket { Then.Count: > 0 } open => Together([
                Of(before, open with { Then = [] }),
                .. open.Then.Select(part => Of(before, part)),
            ]),
            OpenTicket open => new(
                Known([open.Requester, open.Assignee, .. PeopleIn(open.Fields.Values)]),
                TeamOf(open.Team)
            ),
            EditTicket { Fields: { } fields } => new(Known(PeopleIn(fields.Values)), []),
            TransitionTicket transition => new(Known(PeopleIn(transition.Fields.Values)), []),
            AssignTicket assign => new(Known([assign.Assignee]), TeamOf(assign.Team)),
            AddParticipants add => new(Known(add.People.Select(id => (PersonId?)id)), []),
            ChangeTicket change => Together(change.Parts.Select(part => Of(before, part)).ToList()),
            WatchTicket watch => new([watch.Person], []),
            MoveTicket => new(Known([before?.Assignee]), TeamOf(before?.Team)),
            _ => None,
        };

    private static FactsQuestion Together(IReadOnlyCollection<FactsQuestion> parts) =>
        new(
            parts.SelectMany(part => part.People).Distinct().ToValueList(),
            parts.SelectMany(part => part.Teams).Distinct().ToValueList()
        );

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

    /// <summary>Nobody is known.</summary>
    public static DecisionFacts None { get; } = new([], [], []);

    /// <summary>The person, or null when there is none.</summary>
    public Person? Find(PersonId id) => People.FirstOrDefault(person => person.Id == id);

    /// <summary>The team, or null when there is none.</summary>
    public Team? Find(TeamId id) => Teams.FirstOrDefault(team => team.Id == id);

    /// <summary>Whether the person may be given work of the desk.</summary>
    public bool WorksOn(DeskDocument desk, Person person, IConfiguration configuration) =>
        DeskAccess.WorksOn(desk, person, Teams, configuration);

    /// <summary>Whether the desk serves the person as a customer.</summary>
    public bool Serves(DeskDocument desk, Person person) => DeskAccess.Serves(desk, person, Organizations);
}
