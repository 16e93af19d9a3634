using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Translation;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

/// <summary>A database with random tickets, which are also kept in memory so that answers can be compared.</summary>
public sealed class WorldDatabase
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());
    private static readonly IClock Clock = new StandingClock();

    private WorldDatabase(DatabaseUnderTest database, IReadOnlyList<WorldTicket> tickets)
    {
        Tickets = tickets;
        Queries = new TicketQueries(
            database.Database,
            Language,
            database.Get<SnapshotJson>(),
            () => QueryWorld.Configuration,
            Clock
        );
    }

    public IReadOnlyList<WorldTicket> Tickets { get; }

    public TicketQueries Queries { get; }

    /// <summary>Makes the people of the world and commits the tickets as grains would.</summary>
    public static async Task<WorldDatabase> FillAsync(DatabaseUnderTest database, int count, ulong seed)
    {
        await MakePeopleAsync(database.Get<IPeopleStore>());
        var tickets = Enumerable
            .Range(1, count)
            .Select(id => WorldTickets.Of(id).Sample(1, Rnd(seed + (ulong)id), 1).Single())
            .ToList();
        var store = database.Get<ITicketStore>();
        var outcomes = await Task.WhenAll(tickets.Select(ticket => store.CommitAsync(Commit(ticket), default)));
        Assert.All(outcomes, outcome => Assert.Equal(CommitStatus.Committed, outcome.Status));
        return new WorldDatabase(database, tickets);
    }

    /// <summary>Ids of the tickets that match in memory and that the viewer may see.</summary>
    public IReadOnlyList<long> InMemory(Viewer viewer, string query)
    {
        var scope = QueryScope.Of(viewer, QueryWorld.Configuration);
        var bound = new QueryBinder(Language.Catalog(QueryWorld.Configuration), scope, NamesFor(viewer)).Bind(
            QueryParser.Parse(query)
        );
        var decide = QueryEvaluator.Compile(bound.Filter);
        var context = new QueryContext(QueryWorld.Now, DateTimeZoneProviders.Tzdb[viewer.Person.Zone], viewer);
        return
        [
            .. Tickets
                .Where(ticket =>
                    AccessFilter.LooksIntoTalk(bound)
                        ? TicketAccess.MayRead(viewer, ticket.Snapshot.State)
                        : TicketAccess.MaySee(viewer, ticket.Snapshot.State)
                )
                .Where(ticket =>
                    decide(
                        new QuerySubject(ticket.Snapshot, QueryWorld.Extensions, ticket.Texts, ticket.Changes),
                        context
                    )
                )
                .Select(ticket => ticket.Snapshot.State.Id.Value),
        ];
    }

    private WorldNames NamesFor(Viewer viewer)
    {
        var seen = Tickets
            .Select(ticket => ticket.Snapshot.State)
            .Where(state => TicketAccess.MaySee(viewer, state))
            .SelectMany(state => state.FormerKeys.Append(state.Key).Select(key => (key, state.Id.Value)))
            .ToDictionary(pair => pair.key, pair => pair.Value);
        return new WorldNames(key => seen.TryGetValue(key, out var ticket) ? ticket : null);
    }

    /// <summary>Ids of the tickets that the database finds, page by page, in order.</summary>
    public async Task<IReadOnlyList<long>> InDatabaseAsync(Viewer viewer, string query, int pageSize)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Queries.FindAsync(viewer, query, pageSize, cursor);
            ids.AddRange(page.Items.Select(ticket => ticket.State.Id.Value));
            cursor = page.Next;
            Assert.True(page.Items.Count == pageSize || cursor is null);
        } while (cursor is not null && ids.Count <= Tickets.Count);

        return ids;
    }

    private static async Task MakePeopleAsync(IPeopleStore people)
    {
        for (var id = 1; id <= 8; id++)
        {
            var person = await people.CreateAsync(new NewPerson($"Person {id}", $"person{id}@example.com", "agent"));
            Assert.Equal(id, person.Id.Value);
        }

        for (var id = 1; id <= 3; id++)
        {
            Assert.Equal(id, (await people.CreateOrganizationAsync($"org-{id}", $"Organization {id}", true)).Id.Value);
            var team = await people.CreateTeamAsync($"Team {id}");
            Assert.Equal(id, team.Id.Value);
            await people.SetTeamMembersAsync(
                team.Id,
                [.. WorldNames.MembersOf(id).Select(member => new PersonId(member))]
            );
        }
    }

    private static TicketCommit Commit(WorldTicket ticket)
    {
        return new TicketCommit
        {
            ExpectedVersion = 0,
            After = ticket.Snapshot,
            Events = ticket.Events,
            Timers = [],
        };
    }

    private static Rnd Rnd(ulong seed) => new(seed, (seed << 1) | 1);

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => QueryWorld.Now;
    }
}

/// <summary>One such database of each provider for the tests of a class.</summary>
public sealed class WorldDatabases : IAsyncLifetime
{
    private const int Tickets = 150;

    private readonly Dictionary<DatabaseProvider, (DatabaseUnderTest Database, WorldDatabase World)> made = [];
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<WorldDatabase> GetAsync(DatabaseProvider provider)
    {
        await turn.WaitAsync();
        try
        {
            if (!made.TryGetValue(provider, out var one))
            {
                var database = await DatabaseUnderTest.CreateAsync(
                    provider,
                    services => services.AddSingleton(QueryWorld.Extensions)
                );
                one = made[provider] = (database, await WorldDatabase.FillAsync(database, Tickets, seed: 20261122));
            }

            return one.World;
        }
        finally
        {
            turn.Release();
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (database, _) in made.Values)
        {
            await database.DisposeAsync();
        }
    }
}
