using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Log;

public sealed class LogOrderTests
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_reader_that_follows_the_log_misses_nothing_while_two_nodes_commit(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        // An embedded database has one process; a second store of the same process shares its writer.
        var other = provider == DatabaseProvider.Sqlite ? database.Services : database.Node();
        var stores = new[] { database.Get<ITicketStore>(), other.GetRequiredService<ITicketStore>() };
        var log = database.Get<IEventLog>();
        const int each = 40;
        using var done = new CancellationTokenSource();

        var reading = FollowAsync(log, done.Token);
        await Task.WhenAll(
            from store in stores
            from lane in Enumerable.Range(0, 4)
            select Task.Run(async () =>
            {
                for (var i = 0; i < each / 4; i++)
                {
                    var ticket = await TestTicket.OpenAsync(store, lane % 2 == 0 ? "ITSD" : "HR");
                    await ticket.SendAsync(store, ticket.Comment("again"));
                }
            })
        );
        await done.CancelAsync();
        var seen = await reading;

        Assert.Equal(Enumerable.Range(1, stores.Length * each * 2).Select(p => (long)p), seen.Select(e => e.Position));
        Assert.Equal(seen.Count, await log.HeadAsync(CancellationToken.None));
        Assert.Equal(
            stores.Length * each,
            seen.Select(e => e.Event).OfType<TicketOpened>().Select(e => e.Key).Distinct().Count()
        );
    }

    private static async Task<List<RecordedEvent>> FollowAsync(IEventLog log, CancellationToken done)
    {
        var seen = new List<RecordedEvent>();
        while (true)
        {
            // Asked before reading: what was committed before the end is read once more after it.
            var last = done.IsCancellationRequested;
            var after = seen.Count == 0 ? 0 : seen[^1].Position;
            var next = await log.ReadAsync(after, 7, CancellationToken.None);
            seen.AddRange(next);
            if (last && next.Count == 0)
            {
                return seen;
            }

            await Task.Delay(1);
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Numbers_are_unique_among_nodes_and_unused_ones_come_back(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var other = provider == DatabaseProvider.Sqlite ? database.Services : database.Node();
        var stores = new[] { database.Get<ITicketStore>(), other.GetRequiredService<ITicketStore>() };

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => stores[i % 2].ReserveAsync("ITSD", CancellationToken.None))
        );
        stores[0].Release(taken[0]);
        var again = await stores[0].ReserveAsync("ITSD", CancellationToken.None);

        Assert.Equal(60, taken.Select(r => r.Key).Distinct().Count());
        Assert.Equal(60, taken.Select(r => r.Id).Distinct().Count());
        Assert.Equal(taken[0].Key, again.Key);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task After_an_orderly_stop_numbers_go_on_without_a_gap(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = ActivatorUtilities.CreateInstance<TicketStore>(database.Services);
        var first = (await store.ReserveAsync("ITSD", CancellationToken.None)).Key;
        await store.DisposeAsync();

        var next = await database.Get<ITicketStore>().ReserveAsync("ITSD", CancellationToken.None);

        Assert.Equal((1, 2), (first.Number, next.Key.Number));
    }
}
