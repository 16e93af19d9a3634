using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

/// <summary>The promise that a query decides the same in memory and in every database, for everybody who may ask.</summary>
public sealed class MemoryEqualsSqlTests(WorldDatabases databases) : IClassFixture<WorldDatabases>
{
    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_random_query_finds_in_the_database_what_it_finds_in_memory(DatabaseProvider provider)
    {
        var world = await databases.GetAsync(provider);
        var asked =
            from query in WorldQueries.Query()
            from viewer in Gen.Elements<Viewer>(WorldViewers.All)
            from pageSize in Gen.Choose(20, 200)
            select (query, viewer, pageSize);
        var found = 0;

        Prop.ForAll(
                asked.ToArbitrary(),
                one =>
                    CompareAsync(world, one.query, one.viewer, one.pageSize, count => found += count)
                        .GetAwaiter()
                        .GetResult()
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(250));

        Assert.InRange(found, 1_000, int.MaxValue);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Every_order_of_the_language_gives_each_ticket_once_at_any_page_size(DatabaseProvider provider)
    {
        var world = await databases.GetAsync(provider);
        foreach (
            var viewer in (Viewer[])
                [WorldViewers.Everywhere, WorldViewers.OnItDesk, WorldViewers.Sharing, WorldViewers.ClerkOnItDesk]
        )
        {
            foreach (var field in WorldQueries.Sortable)
            {
                foreach (var order in (string[])[$"ORDER BY {field}", $"ORDER BY {field} DESC, visit, impact DESC"])
                {
                    if (!MayAsk(world, viewer, order))
                    {
                        continue;
                    }

                    var all = world.InMemory(viewer, order);
                    var whole = await world.InDatabaseAsync(viewer, order, 200);
                    var paged = await world.InDatabaseAsync(viewer, order, 1 + (all.Count / 4));

                    Assert.Equal(whole, paged);
                    Assert.Equal(all, paged.Order());
                }
            }
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Orders_go_by_value_and_tickets_without_one_come_last_in_either_direction(
        DatabaseProvider provider
    )
    {
        var world = await databases.GetAsync(provider);
        var states = world.Tickets.ToDictionary(
            ticket => ticket.Snapshot.State.Id.Value,
            ticket => ticket.Snapshot.State
        );

        await InOrderAsync("created", state => state.CreatedAt.ToUnixTimeTicks());
        await InOrderAsync("priority", state => (long)state.Priority);
        await InOrderAsync("resolved", state => state.ResolvedAt?.ToUnixTimeTicks());
        await InOrderAsync("assignee", state => state.Assignee?.Value);
        await InOrderAsync("impact", state => Place(state));
        await InOrderAsync("manager", state => (state.Fields.Find("manager") as PersonValue)?.Person.Value);
        await InOrderAsync("unit", state => (state.Fields.Find("unit") as OrganizationValue)?.Organization.Value);
        await InOrderAsync("crew", state => (state.Fields.Find("crew") as TeamValue)?.Team.Value);
        await InOrderAsync(
            "remaining",
            state => QuerySubject.NextDue(world.Tickets[(int)state.Id.Value - 1].Snapshot)?.ToUnixTimeTicks()
        );

        static long? Place(TicketState state) =>
            state.Fields.Find("impact") is ChoiceValue choice ? Array.IndexOf(QueryWorld.Impacts, choice.Choice) : null;

        async Task InOrderAsync(string field, Func<TicketState, long?> value)
        {
            foreach (var direction in (string[])["ASC", "DESC"])
            {
                var ids = await world.InDatabaseAsync(WorldViewers.Everywhere, $"ORDER BY {field} {direction}", 40);
                var values = ids.Select(id => value(states[id])).ToList();
                var present = values.TakeWhile(one => one is not null).ToList();

                Assert.All(values.Skip(present.Count), Assert.Null);
                Assert.Equal(direction == "ASC" ? present.Order() : present.OrderDescending(), present);
            }
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_field_that_is_hidden_in_some_statuses_is_empty_there_for_filters_and_orders(
        DatabaseProvider provider
    )
    {
        var world = await databases.GetAsync(provider);
        var states = world.Tickets.ToDictionary(
            ticket => ticket.Snapshot.State.Id.Value,
            ticket => ticket.Snapshot.State
        );
        var filled = states.Values.Where(state => state.Fields.Find("cost") is not null).ToList();
        var shown = filled.Where(state => state.Status == "in-progress").Select(state => state.Id.Value).ToList();
        Assert.NotEmpty(shown);
        Assert.NotEqual(filled.Count, shown.Count);

        foreach (var direction in (string[])["ASC", "DESC"])
        {
            var ids = await world.InDatabaseAsync(WorldViewers.Clerk, $"ORDER BY cost {direction}", 7);
            Assert.Equal(shown.Order(), ids.Take(shown.Count).Order());
            var costs = ids.Take(shown.Count).Select(id => ((NumberValue)states[id].Fields.Find("cost")!).Number);
            Assert.Equal(direction == "ASC" ? costs.Order() : costs.OrderDescending(), costs);
            var rest = ids.Skip(shown.Count).ToList();
            Assert.Equal(direction == "ASC" ? rest.Order() : rest.OrderDescending(), rest);
        }

        Assert.Equal(
            shown.Order(),
            (await world.InDatabaseAsync(WorldViewers.Clerk, "cost IS NOT EMPTY", 200)).Order()
        );
        var page = await world.Queries.FindAsync(WorldViewers.Clerk, "cost IS EMPTY", 200, null);
        Assert.All(page.Items, ticket => Assert.Null(ticket.State.Fields.Find("cost")));
    }

    [Fact]
    public async Task A_field_that_is_hidden_in_every_status_is_unknown()
    {
        var world = await databases.GetAsync(DatabaseProvider.Sqlite);

        foreach (var query in (string[])["site = a", "site IS EMPTY", "ORDER BY site", "field(site) ~ a"])
        {
            var refused = await Assert.ThrowsAsync<QueryException>(() =>
                world.Queries.CountAsync(WorldViewers.Clerk, query)
            );
            Assert.StartsWith("query.unknown-field", refused.Error.Code, StringComparison.Ordinal);
            Assert.DoesNotContain("site", refused.Error.Arguments.Skip(1));
        }
    }

    private static async Task<bool> CompareAsync(
        WorldDatabase world,
        string query,
        Viewer viewer,
        int pageSize,
        Action<int> found
    )
    {
        if (!MayAsk(world, viewer, query))
        {
            await Assert.ThrowsAsync<QueryException>(() => world.Queries.CountAsync(viewer, query));
            return true;
        }

        var memory = world.InMemory(viewer, query);
        var database = await world.InDatabaseAsync(viewer, query, pageSize);
        found(memory.Count);
        Assert.Equal(memory, database.Order());
        Assert.Equal(memory.Count, await world.Queries.CountAsync(viewer, query));
        return true;
    }

    /// <summary>Customers may not name fields of agents; memory says so as well.</summary>
    private static bool MayAsk(WorldDatabase world, Viewer viewer, string query)
    {
        try
        {
            world.InMemory(viewer, query);
            return true;
        }
        catch (QueryException)
        {
            return false;
        }
    }
}
