using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Intake.ServiceNow;

/// <summary>Tickets, keys and people in memory, decided by the real engine.</summary>
internal sealed class ReplayWorld : ITicketGrains, ITicketStore, IPeopleStore
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 0, 0);

    private readonly TicketEngine engine = new(
        TicketExtensions.None,
        new SlaFold((_, _, _, _) => false),
        (_, _, _, _) => true
    );

    private readonly Dictionary<TicketId, TicketSnapshot> tickets = [];
    private readonly Dictionary<string, IdempotencyRecord> answers = new(StringComparer.Ordinal);
    private readonly List<Person> people = [];
    private readonly Dictionary<string, Person> byExternalId = new(StringComparer.Ordinal);
    private readonly List<Team> teams = [];

    private readonly Dictionary<TicketId, List<RecordedEvent>> lives = [];

    public IReadOnlyCollection<TicketSnapshot> Tickets => tickets.Values;

    /// <summary>Everything that happened to a ticket.</summary>
    public IReadOnlyList<RecordedEvent> LifeOf(TicketId ticket) => lives[ticket];

    public IReadOnlyList<Person> People => people;

    public IReadOnlyList<Team> Teams => teams;

    /// <summary>Commands that still find the database; then it is gone.</summary>
    public int CommandsLeft { get; set; } = int.MaxValue;

    public int Recorded { get; private set; }

    public static ConfigurationSnapshot Configuration { get; } =
        ConfigurationSnapshot.Of(
            1,
            new DeskDocument
            {
                Id = "ITSD",
                Name = LocalizedText.Of("IT"),
                Types = ["incident"],
            },
            new TicketTypeDocument
            {
                Id = "incident",
                Name = LocalizedText.Of("Incident"),
                Workflow = "incident",
                Fields = ["impact"],
            },
            new FieldDocument
            {
                Id = "impact",
                Name = LocalizedText.Of("Impact"),
                Kind = FieldKind.Choice,
                Choices =
                [
                    new("low", LocalizedText.Of("Low")),
                    new("medium", LocalizedText.Of("Medium")),
                    new("high", LocalizedText.Of("High")),
                ],
            },
            new WorkflowDocument
            {
                Id = "incident",
                Name = LocalizedText.Of("Incident"),
                Initial = "new",
                Statuses =
                [
                    new("new", LocalizedText.Of("New"), StatusCategory.New),
                    new("in-progress", LocalizedText.Of("In progress"), StatusCategory.Active),
                    new("waiting-for-customer", LocalizedText.Of("Waiting for customer"), StatusCategory.Waiting),
                    new("waiting-for-problem", LocalizedText.Of("Waiting for problem"), StatusCategory.Waiting),
                    new("waiting-for-supplier", LocalizedText.Of("Waiting for supplier"), StatusCategory.Waiting),
                    new("resolved", LocalizedText.Of("Resolved"), StatusCategory.Done),
                    new("closed", LocalizedText.Of("Closed"), StatusCategory.Done, Closes: true),
                ],
                Transitions = [],
            }
        );

    public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
        Task.FromResult(Step(null, envelope));

    public Task<GrainAnswer> SendAsync(
        TicketId ticket,
        CommandEnvelope envelope,
        CancellationToken cancellation = default
    ) => Task.FromResult(Step(tickets[ticket], envelope));

    public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
        Task.FromResult(tickets.GetValueOrDefault(ticket));

    public Task<IdempotencyRecord?> FindAnswerAsync(string idempotencyKey, CancellationToken cancellation) =>
        Task.FromResult(answers.GetValueOrDefault(idempotencyKey));

    public Task<int> ForgetAnswersAsync(
        IReadOnlyList<string> prefixes,
        Instant before,
        CancellationToken cancellation
    ) => Task.FromResult(0);

    public Task<Person> CreateAsync(NewPerson person, CancellationToken cancellation = default)
    {
        var made = new Person(
            new PersonId(people.Count + 1),
            person.Name,
            person.Email,
            person.Role,
            person.Language,
            person.Zone,
            person.Organizations,
            person.Teams,
            true
        );
        people.Add(made);
        byExternalId.Add(person.ExternalId!, made);
        return Task.FromResult(made);
    }

    public Task<Person?> FindByExternalIdAsync(string externalId, CancellationToken cancellation = default) =>
        Task.FromResult(byExternalId.GetValueOrDefault(externalId));

    public Task<Team?> FindTeamAsync(string name, CancellationToken cancellation = default) =>
        Task.FromResult(teams.Find(team => team.Name == name));

    public Task<Team> CreateTeamAsync(string name, CancellationToken cancellation = default)
    {
        teams.Add(new Team(new TeamId(teams.Count + 1), name, []));
        return Task.FromResult(teams[^1]);
    }

    private GrainAnswer Step(TicketSnapshot? before, CommandEnvelope envelope)
    {
        if (CommandsLeft-- <= 0)
        {
            throw new StorageUnavailableException("gone");
        }

        var number = tickets.Count + 1;
        var reservation = new TicketReservation(new TicketId(number), new TicketKey("ITSD", number));
        var facts = new DecisionFacts(people.ToValueList(), [], teams.ToValueList());
        var step = engine.Step(before, envelope, Configuration, Now, before is null ? reservation : null, facts);
        if (step.Refusals.Count > 0)
        {
            return GrainAnswer.Refused(step.Refusals);
        }

        Recorded += step.Events.Count;
        tickets[step.After!.State.Id] = step.After;
        if (!lives.TryGetValue(step.After.State.Id, out var life))
        {
            lives[step.After.State.Id] = life = [];
        }

        life.AddRange(step.Events);
        if (step.Events.Count > 0 && envelope.IdempotencyKey is { } key)
        {
            answers.Add(key, new IdempotencyRecord(key, step.After.State.Id, 0, 0, Now, null));
        }

        return GrainAnswer.Accepted(step.After, step.Events);
    }

    Task<TicketSnapshot?> ITicketStore.LoadAsync(TicketId id, CancellationToken cancellation) => throw Unused();

    Task<TicketId?> ITicketStore.FindAsync(TicketKey key, CancellationToken cancellation) => throw Unused();

    Task<TicketReservation> ITicketStore.ReserveAsync(string desk, CancellationToken cancellation) => throw Unused();

    void ITicketStore.Release(TicketReservation reservation) => throw Unused();

    Task<CommitOutcome> ITicketStore.CommitAsync(TicketCommit commit, CancellationToken cancellation) => throw Unused();

    ValueTask<Person?> IPeople.FindAsync(PersonId id, CancellationToken cancellation) => throw Unused();

    ValueTask<IReadOnlyDictionary<PersonId, Person>> IPeople.FindAsync(
        IReadOnlyCollection<PersonId> ids,
        CancellationToken cancellation
    ) => throw Unused();

    ValueTask<Organization?> IPeople.FindOrganizationAsync(OrganizationId id, CancellationToken cancellation) =>
        throw Unused();

    ValueTask<Team?> IPeople.FindTeamAsync(TeamId id, CancellationToken cancellation) => throw Unused();

    Task<Person?> IPeopleStore.UpdateAsync(PersonId id, PersonChange change, CancellationToken cancellation) =>
        throw Unused();

    Task<Person?> IPeople.FindByEmailAsync(string email, CancellationToken cancellation) => throw Unused();

    Task<Page<Person>> IPeopleStore.ListAsync(
        PeopleFilter filter,
        int limit,
        string? cursor,
        CancellationToken cancellation
    ) => throw Unused();

    Task<int> IPeopleStore.CountAsync(PeopleFilter filter, CancellationToken cancellation) => throw Unused();

    Task<IReadOnlyDictionary<string, RoleCount>> IPeopleStore.CountByRoleAsync(CancellationToken cancellation) =>
        throw Unused();

    Task<Organization> IPeopleStore.CreateOrganizationAsync(
        string key,
        string name,
        bool membersSeeEachOther,
        string? region,
        CancellationToken cancellation
    ) => throw Unused();

    Task<Organization?> IPeopleStore.UpdateOrganizationAsync(
        OrganizationId id,
        string name,
        bool membersSeeEachOther,
        string? region,
        PersonId? contact,
        CancellationToken cancellation
    ) => throw Unused();

    Task<Organization?> IPeople.FindOrganizationAsync(string key, CancellationToken cancellation) => throw Unused();

    Task<IReadOnlyList<Organization>> IPeople.OrganizationsAsync(CancellationToken cancellation) => throw Unused();

    Task<IReadOnlyList<Organization>> IPeopleStore.FindOrganizationsAsync(
        Acquaintances known,
        string text,
        int limit,
        CancellationToken cancellation
    ) => throw Unused();

    Task<Team?> IPeopleStore.SetTeamMembersAsync(
        TeamId id,
        IReadOnlyCollection<PersonId> members,
        CancellationToken cancellation
    ) => throw Unused();

    Task<IReadOnlyList<Team>> IPeopleStore.TeamsAsync(CancellationToken cancellation) => throw Unused();

    Task<int> IPeopleStore.FillInitialsAsync(CancellationToken cancellation) => throw Unused();

    Task<Team?> IPeopleStore.SetTeamWorkAsync(
        TeamId id,
        PersonId? lead,
        string? calendar,
        CancellationToken cancellation
    ) => throw Unused();

    Task<Absence?> IPeopleStore.AddAbsenceAsync(Absence absence, CancellationToken cancellation) => throw Unused();

    Task<bool> IPeopleStore.RemoveAbsenceAsync(PersonId person, long id, CancellationToken cancellation) =>
        throw Unused();

    Task<IReadOnlyList<Absence>> IPeopleStore.AbsencesAsync(
        PersonId person,
        LocalDate from,
        CancellationToken cancellation
    ) => throw Unused();

    ValueTask<IReadOnlyList<Absence>> IPeopleStore.AbsencesAsync(
        LocalDate from,
        LocalDate to,
        CancellationToken cancellation
    ) => throw Unused();

    private static NotSupportedException Unused() => new("An import asks for no such thing.");
}
