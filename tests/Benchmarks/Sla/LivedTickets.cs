using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Sla;

/// <summary>
/// Fills a database with tickets that were lived through: opened, assigned, answered, waiting for their customer, raised,
/// resolved, some opened again; nine events on average, one ticket in twenty still open. Their clocks are those of the engine.
/// </summary>
internal sealed class LivedTickets(
    ITicketStore store,
    IPeopleStore people,
    TicketEngine engine,
    IConfiguration configuration,
    Instant now
)
{
    private const int AtOnce = 64;
    private const int Organizations = 20;
    private const int Teams = 8;
    private const int People = 200;

    private readonly List<OrganizationId> organizations = [];
    private readonly List<TeamId> teams = [];
    private readonly List<PersonId> customers = [];
    private long events;

    /// <summary>How many events were written.</summary>
    public long Events => events;

    /// <summary>Makes people and tickets, opened over a year.</summary>
    public async Task FillAsync(int tickets, Action<int> progress)
    {
        for (var i = 1; i <= Organizations; i++)
        {
            organizations.Add((await people.CreateOrganizationAsync($"org-{i}", $"Organization {i}", true)).Id);
        }

        for (var i = 1; i <= Teams; i++)
        {
            teams.Add((await people.CreateTeamAsync($"Team {i}")).Id);
        }

        for (var i = 1; i <= People; i++)
        {
            var person = new NewPerson($"Customer {i}", $"customer{i}@example.com", "customer");
            customers.Add((await people.CreateAsync(person)).Id);
        }

        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tickets),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, cancellation) =>
            {
                var reserved = await store.ReserveAsync(Filler.Desk, cancellation);
                var outcome = await store.CommitAsync(Commit(reserved, number, tickets), cancellation);
                if (outcome.Status != CommitStatus.Committed)
                {
                    throw new InvalidOperationException($"Ticket {number} was not taken: {outcome.Status}.");
                }

                progress(Interlocked.Increment(ref done));
            }
        );
    }

    private TicketCommit Commit(TicketReservation reserved, int number, int tickets)
    {
        var at = now - Duration.FromMinutes((long)(tickets - number) * 525_600 / tickets);
        var life = new List<RecordedEvent>();
        foreach (var (happened, gap, isCustomer) in Life(reserved, number))
        {
            at += Duration.FromMinutes(gap);
            if (at >= now)
            {
                break;
            }

            var actor = isCustomer ? Actor.Of(customers[number % People]) : Actor.Of(customers[(number + 1) % People]);
            var version = life.Count + 1;
            TicketEvent numbered = happened switch
            {
                PublicCommentAdded comment => comment with { CommentId = version },
                InternalNoteAdded note => note with { CommentId = version },
                _ => happened,
            };
            life.Add(new RecordedEvent(reserved.Id, version, 0, numbered, at, actor, 1, null, 0));
        }

        Interlocked.Add(ref events, life.Count);
        var after = engine.Replay(life, _ => configuration)!;
        return new TicketCommit
        {
            ExpectedVersion = 0,
            After = after,
            Events = life.ToValueList(),
            Timers = [],
        };
    }

    private IEnumerable<(TicketEvent Happened, int Gap, bool IsCustomer)> Life(TicketReservation reserved, int number)
    {
        var team = teams[Pick(number, 1, Teams)];
        yield return (
            new TicketOpened(
                reserved.Id,
                reserved.Key,
                Pick(number, 2, 3) == 0 ? "service-request" : "incident",
                null,
                Vocabulary.Summary(number),
                Vocabulary.Text(number, 3),
                "new",
                StatusCategory.New,
                (Priority)(1 + Pick(number, 4, 4)),
                customers[number % People],
                organizations[Pick(number, 5, Organizations)],
                null,
                team,
                ValueMap<FieldValue>.Empty,
                [],
                Channel.Portal,
                null
            ),
            0,
            true
        );
        yield return (new TicketAssigned(customers[(number + 1) % People], team), 5 + Pick(number, 6, 200), false);
        yield return (Status("new", "in-progress", StatusCategory.Active), 5 + Pick(number, 7, 60), false);
        yield return (Said(Vocabulary.Text(number, 8), byCustomer: false), 10 + Pick(number, 9, 300), false);
        yield return (new InternalNoteAdded(5, Vocabulary.Text(number, 10), []), Pick(number, 11, 60), false);
        if (Pick(number, 12, 2) == 0)
        {
            yield return (Status("in-progress", "waiting-for-customer", StatusCategory.Waiting), 5, false);
            yield return (Said(Vocabulary.Text(number, 13), byCustomer: true), 30 + Pick(number, 14, 3_000), true);
            yield return (Status("waiting-for-customer", "in-progress", StatusCategory.Active), 1, false);
        }

        if (Pick(number, 15, 5) == 0)
        {
            yield return (new PriorityChanged(Priority.Low, Priority.High), 20, false);
        }

        if (Pick(number, 16, 20) == 0)
        {
            yield break;
        }

        yield return (Status("in-progress", "resolved", StatusCategory.Done), 20 + Pick(number, 17, 1_500), false);
        if (Pick(number, 18, 12) == 0)
        {
            yield return (Status("resolved", "in-progress", StatusCategory.Active), 60 + Pick(number, 19, 900), true);
            yield return (Status("in-progress", "resolved", StatusCategory.Done), 30 + Pick(number, 20, 600), false);
        }
    }

    private static PublicCommentAdded Said(string words, bool byCustomer) => new(4, words, byCustomer, []);

    private static StatusChanged Status(string from, string to, StatusCategory category) =>
        new("go", from, to, category, Closes: false, category == StatusCategory.Done ? "fixed" : null);

    private static int Pick(int number, int salt, int count) => (int)(Vocabulary.Mix(number, salt) % (uint)count);
}
