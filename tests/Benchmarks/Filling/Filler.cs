using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Filling;

/// <summary>What is filled in.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Now">When the newest was opened.</param>
/// <param name="Overdue">Whether all are open and were due in the last hour, as after a stop of the server.</param>
internal sealed record FillingPlan(int Tickets, Instant Now, bool Overdue = false)
{
    /// <summary>How many customers ask.</summary>
    public int Customers => Math.Min(2_000, Tickets);
}

/// <summary>
/// Fills a database with the desk of a middle-sized company: 2,000 customers in 20 organizations, 40 agents in 8 teams, tickets
/// over two years of which one in twelve is open with running clocks. Through the store, as grains commit.
/// </summary>
internal sealed class Filler(ITicketStore store, IPeopleStore people, FillingPlan plan)
{
    public const string Desk = "ITSD";
    public const int Agents = 40;
    private const int AtOnce = 64;
    private const int OpenOneIn = 12;

    private readonly Instant now = plan.Now;
    private readonly List<PersonId> customers = [];
    private readonly List<PersonId> agents = [];
    private readonly List<OrganizationId> organizations = [];
    private readonly List<TeamId> teams = [];

    /// <summary>Makes people and tickets.</summary>
    public async Task FillAsync(Action<int> progress)
    {
        await MakePeopleAsync();
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Tickets),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, cancellation) =>
            {
                var outcome = await store.CommitAsync(await CommitAsync(number), cancellation);
                if (outcome.Status != CommitStatus.Committed)
                {
                    throw new InvalidOperationException($"Ticket {number} was not taken: {outcome.Status}.");
                }

                progress(Interlocked.Increment(ref done));
            }
        );
    }

    private async Task MakePeopleAsync()
    {
        for (var i = 1; i <= 20; i++)
        {
            organizations.Add((await people.CreateOrganizationAsync($"org-{i}", $"Organization {i}", i % 2 == 0)).Id);
        }

        for (var i = 1; i <= 8; i++)
        {
            teams.Add((await people.CreateTeamAsync($"Team {i}")).Id);
        }

        for (var i = 1; i <= Agents; i++)
        {
            agents.Add((await people.CreateAsync(new NewPerson($"Agent {i}", $"agent{i}@example.com", "agent"))).Id);
        }

        for (var i = 1; i <= plan.Customers; i++)
        {
            var person = new NewPerson($"김고객 {i}", $"customer{i}@example.com", "customer")
            {
                Organizations = [organizations[i % organizations.Count]],
            };
            customers.Add((await people.CreateAsync(person)).Id);
        }
    }

    private async Task<TicketCommit> CommitAsync(int number)
    {
        var reservation = await store.ReserveAsync(Desk, CancellationToken.None);
        var state = State(reservation, number);
        var events = new TicketEvent[]
        {
            new TicketOpened(
                state.Id,
                state.Key,
                state.Type,
                null,
                state.Summary,
                state.Description,
                state.Status,
                state.Category,
                state.Priority,
                state.Requester,
                state.Organization,
                state.Assignee,
                state.Team,
                state.Fields,
                [],
                state.Channel,
                null
            ),
            new PublicCommentAdded(2, Vocabulary.Text(number, 20), false, []),
            new InternalNoteAdded(3, Vocabulary.Text(number, 30), []),
        };
        var clocks = Clocks(state, number);
        return new TicketCommit
        {
            ExpectedVersion = 0,
            After = new TicketSnapshot(state, clocks),
            Events = events
                .Select(
                    (one, at) =>
                        new RecordedEvent(
                            state.Id,
                            at + 1,
                            0,
                            one,
                            state.CreatedAt,
                            Actor.Of(state.Requester),
                            1,
                            null,
                            0
                        )
                )
                .ToValueList(),
            Timers = clocks
                .Where(clock => clock.DueAt is not null)
                .Select(clock => new DerivedTimer($"sla:{clock.Metric}:{clock.Cycle}:breach", clock.DueAt!.Value))
                .ToValueList(),
        };
    }

    private TicketState State(TicketReservation reservation, int number)
    {
        // Older tickets are done, the newest twelfth and a few stragglers are open.
        var created = now - Duration.FromMinutes((long)(plan.Tickets - number) * 1_051_200 / plan.Tickets);
        var isOpen = plan.Overdue || number >= plan.Tickets - (plan.Tickets / OpenOneIn) || Pick(number, 3, 200) == 0;
        var category =
            !isOpen ? StatusCategory.Done
            : plan.Overdue ? StatusCategory.Active
            : (StatusCategory)(1 + Pick(number, 4, 3));
        var customer = Pick(number, 5, plan.Customers);
        var resolved = created + Duration.FromMinutes(30 + Pick(number, 6, 5_000));
        return new TicketState
        {
            Id = reservation.Id,
            Key = reservation.Key,
            Version = 3,
            Type = Pick(number, 7, 3) == 0 ? "service-request" : "incident",
            Summary = Vocabulary.Summary(number),
            Description = Vocabulary.Text(number, 10),
            Status = category switch
            {
                StatusCategory.New => "new",
                StatusCategory.Active => "in-progress",
                StatusCategory.Waiting => "waiting-for-customer",
                _ => Pick(number, 8, 2) == 0 ? "closed" : "resolved",
            },
            Category = category,
            Resolution = isOpen ? null : "fixed",
            Priority = (Priority)(1 + Pick(number, 9, 4)),
            Requester = customers[customer],
            Organization = organizations[(customer + 1) % organizations.Count],
            Assignee = isOpen && Pick(number, 10, 3) == 0 ? null : agents[Pick(number, 11, Agents)],
            Team = teams[Pick(number, 12, teams.Count)],
            Fields = ValueMap<FieldValue>
                .Empty.SetItem("impact", new ChoiceValue(Pick(number, 13, 2) == 0 ? "low" : "high"))
                .SetItem("urgency", new ChoiceValue("medium")),
            Channel = (Channel)(1 + Pick(number, 14, 4)),
            CreatedAt = created,
            UpdatedAt = isOpen ? now - Duration.FromMinutes(Pick(number, 15, 10_000)) : resolved,
            PublicUpdatedAt = isOpen ? created : resolved,
            ResolvedAt = isOpen ? null : resolved,
            ClosedAt = !isOpen && Pick(number, 8, 2) == 0 ? resolved : null,
            StatusSince = isOpen ? created : resolved,
            PublicComments = 1,
            InternalNotes = 1,
        };
    }

    private ValueList<SlaClock> Clocks(TicketState state, int number)
    {
        var target = Duration.FromHours(8);
        var isOpen = state.Category != StatusCategory.Done;
        var status =
            !isOpen ? ClockStatus.Stopped
            : state.Category == StatusCategory.Waiting ? ClockStatus.Paused
            : ClockStatus.Running;
        var calendar = new DocumentVersion("24x7", 1);
        return
        [
            new SlaClock
            {
                Policy = new DocumentVersion(state.Type, 1),
                Metric = "time-to-resolution",
                Cycle = 1,
                Goal = 0,
                Target = target,
                Calendar = calendar,
                Status = status,
                Verdict = isOpen ? ClockVerdict.Open : ClockVerdict.Met,
                StartedAt = state.CreatedAt,
                Since = state.CreatedAt,
                Elapsed = Duration.FromMinutes(Pick(number, 16, 400)),
                DueAt = status == ClockStatus.Running ? DueAt(number) : null,
                Marks = [new ClockMark(ClockMarkKind.Started, state.CreatedAt, 1, "opened", target, calendar)],
            },
        ];
    }

    private Instant DueAt(int number) =>
        plan.Overdue
            ? now - Duration.FromSeconds(1 + Pick(number, 17, 3_600))
            : now + Duration.FromMinutes(60 + Pick(number, 17, 20_000));

    private static int Pick(int number, int salt, int count) => (int)(Vocabulary.Mix(number, salt) % (uint)count);
}
