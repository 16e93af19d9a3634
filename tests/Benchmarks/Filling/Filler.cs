using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using static ServiceDesk.Benchmarks.Filling.Vocabulary;

namespace ServiceDesk.Benchmarks.Filling;

/// <summary>
/// Fills a database with the desk of a middle-sized company: 2,000 customers in 20 organizations, 40 agents in 8 teams, tickets
/// over two years, and clocks as the plan wants them. Through the store, as grains commit.
/// </summary>
internal sealed class Filler(ITicketStore store, IPeopleStore people, FillingPlan plan)
{
    public const string Desk = "ITSD";
    private const int AtOnce = 64;
    private const int OpenOneIn = 12;

    private readonly Instant now = plan.Now;

    /// <summary>Makes people and tickets.</summary>
    public async Task FillAsync(Action<int> progress) =>
        await FillAsync(await Company.MakeAsync(people, plan), progress);

    /// <summary>Makes tickets of people who are there.</summary>
    public async Task FillAsync(Company company, Action<int> progress)
    {
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Tickets),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, cancellation) =>
            {
                var outcome = await store.CommitAsync(await CommitAsync(company, number), cancellation);
                if (outcome.Status != CommitStatus.Committed)
                {
                    throw new InvalidOperationException($"Ticket {number} was not taken: {outcome.Status}.");
                }

                progress(Interlocked.Increment(ref done));
            }
        );
    }

    private async Task<TicketCommit> CommitAsync(Company company, int number)
    {
        var reservation = await store.ReserveAsync(Desk, CancellationToken.None);
        var state = State(company, reservation, number);
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
        }[..(int)state.Version];
        var clocks = FilledClocks.Of(plan, state, number);
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

    private TicketState State(Company company, TicketReservation reservation, int number)
    {
        // Older tickets are done, the newest twelfth and a few stragglers are open.
        var created = now - Duration.FromMinutes((long)(plan.Tickets - number) * 1_051_200 / plan.Tickets);
        var isOpen = !plan.HasDone || number >= plan.Tickets - (plan.Tickets / OpenOneIn) || Pick(number, 3, 200) == 0;
        var category =
            !isOpen ? StatusCategory.Done
            : !plan.HasDone ? StatusCategory.Active
            : (StatusCategory)(1 + Pick(number, 4, 3));
        var customer = Pick(number, 5, plan.Customers);
        var resolved = created + Duration.FromMinutes(30 + Pick(number, 6, 5_000));
        return new TicketState
        {
            Id = reservation.Id,
            Key = reservation.Key,
            Version = plan.Events,
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
            Requester = company.Customers[customer],
            Organization = company.Organizations[(customer + 1) % company.Organizations.Count],
            Assignee =
                isOpen && Pick(number, 10, 3) == 0 ? null : company.Agents[Pick(number, 11, company.Agents.Count)],
            Team = company.Teams[Pick(number, 12, company.Teams.Count)],
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
            PublicComments = plan.Events > 1 ? 1 : 0,
            InternalNotes = plan.Events > 1 ? 1 : 0,
        };
    }
}
