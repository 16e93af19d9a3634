using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Timers;

namespace ServiceDesk.Storage.Tests.Timers;

public sealed class HistoryHoldTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Duration Long = Duration.FromMinutes(5);

    // A lease that is over when it begins stands for one that has ended: databases keep their own time.
    private static readonly Duration Over = Duration.FromSeconds(-1);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Every_node_sees_a_hold_until_the_last_one_is_given_back(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var (here, there) = (database.Get<IHistoryHolds>(), database.Node().GetRequiredService<IHistoryHolds>());
        Assert.False(await there.AnyAsync(CancellationToken.None));

        await here.HoldAsync("one", Long, CancellationToken.None);
        await there.HoldAsync("two", Long, CancellationToken.None);
        Assert.True(await here.AnyAsync(CancellationToken.None));
        await here.ReleaseAsync("one", CancellationToken.None);
        Assert.True(await here.AnyAsync(CancellationToken.None));
        await there.ReleaseAsync("two", CancellationToken.None);

        Assert.False(await here.AnyAsync(CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_hold_ends_by_itself_and_is_renewed_by_its_holder(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var holds = database.Get<IHistoryHolds>();

        await holds.HoldAsync("died", Over, CancellationToken.None);
        Assert.False(await holds.AnyAsync(CancellationToken.None));
        await holds.HoldAsync("slow", Over, CancellationToken.None);
        await holds.HoldAsync("slow", Long, CancellationToken.None);
        Assert.True(await holds.AnyAsync(CancellationToken.None));
        await holds.ReleaseAsync("slow", CancellationToken.None);

        Assert.False(await holds.AnyAsync(CancellationToken.None));
        await using var db = database.Database.CreateDbContext();
        Assert.Equal(0, await db.HistoryHolds.CountAsync());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Many_who_begin_and_end_at_once_do_not_stand_in_each_others_way(DatabaseProvider provider)
    {
        var holds = (await databases.GetAsync(provider)).Get<IHistoryHolds>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(number =>
                    Task.Run(async () =>
                    {
                        var holder = $"import {number}";
                        await holds.HoldAsync(holder, Long, CancellationToken.None);
                        Assert.True(await holds.AnyAsync(CancellationToken.None));
                        await holds.HoldAsync(holder, Long, CancellationToken.None);
                        await holds.ReleaseAsync(holder, CancellationToken.None);
                    })
                )
        );

        Assert.False(await holds.AnyAsync(CancellationToken.None));
    }
}
