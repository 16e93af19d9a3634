using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Timers;

public sealed class TimerTests
{
    private static readonly Instant Due = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly Duration Long = Duration.FromMinutes(5);

    // A lease that is over when it begins stands for one that has ended: databases keep their own time.
    private static readonly Duration Over = Duration.FromSeconds(-1);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Due_timers_are_claimed_once_in_order_until_the_lease_ends(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var timers = database.Get<ITimerStore>();
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            var (ticket, commit) = await TestTicket.NewAsync(store);
            ids.Add(ticket.State.Id.Value);
            var at = Due + Duration.FromMinutes(i);
            await store.CommitAsync(commit with { Timers = [new DerivedTimer("t", at)] }, CancellationToken.None);
        }

        var until = Due + Duration.FromMinutes(2);
        Assert.Equal(Due, await timers.NextDueAsync(CancellationToken.None));
        var first = await timers.ClaimDueAsync("one", until, 2, Over, CancellationToken.None);
        var second = await timers.ClaimDueAsync("two", until, 10, Long, CancellationToken.None);
        var third = await timers.ClaimDueAsync("one", until, 10, Long, CancellationToken.None);

        Assert.Equal(ids[..2], first.Select(t => t.Ticket.Value));
        Assert.Equal(ids[..3], second.Select(t => t.Ticket.Value));
        Assert.Equal([2L, 2L, 1L], second.Select(t => t.Fence));
        Assert.Empty(third);
        Assert.Equal(Due + Duration.FromMinutes(3), await timers.NextDueAsync(CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_that_slept_through_its_lease_cannot_take_the_timer_away(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var timers = database.Get<ITimerStore>();
        var (_, commit) = await TestTicket.NewAsync(store);
        await store.CommitAsync(commit with { Timers = [new DerivedTimer("t", Due)] }, CancellationToken.None);
        var slept = Assert.Single(await timers.ClaimDueAsync("one", Due, 1, Over, CancellationToken.None));
        var now = Assert.Single(await timers.ClaimDueAsync("two", Due, 1, Long, CancellationToken.None));

        await timers.ReleaseAsync(slept, remove: true, CancellationToken.None);
        Assert.Empty(await timers.ClaimDueAsync("three", Due, 1, Long, CancellationToken.None));
        await timers.ReleaseAsync(now, remove: false, CancellationToken.None);
        var last = Assert.Single(await timers.ClaimDueAsync("three", Due, 1, Long, CancellationToken.None));
        await timers.ReleaseAsync(last, remove: true, CancellationToken.None);

        Assert.Null(await timers.NextDueAsync(CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_claimed_timer_is_given_back_for_another_instant_by_who_still_has_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var timers = database.Get<ITimerStore>();
        var (_, commit) = await TestTicket.NewAsync(store);
        await store.CommitAsync(commit with { Timers = [new DerivedTimer("t", Due)] }, CancellationToken.None);
        var slept = Assert.Single(await timers.ClaimDueAsync("one", Due, 1, Over, CancellationToken.None));
        var now = Assert.Single(await timers.ClaimDueAsync("two", Due, 1, Long, CancellationToken.None));
        var later = Due + Duration.FromHours(2);

        await timers.MoveAsync(slept, Due + Duration.FromDays(9), CancellationToken.None);
        await timers.MoveAsync(now, later, CancellationToken.None);

        Assert.Equal(later, await timers.NextDueAsync(CancellationToken.None));
        Assert.Empty(await timers.ClaimDueAsync("three", Due, 1, Long, CancellationToken.None));
        Assert.Equal(
            later,
            Assert.Single(await timers.ClaimDueAsync("three", later, 1, Long, CancellationToken.None)).DueAt
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Many_who_claim_at_once_never_get_the_same_timer(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var timers = database.Get<ITimerStore>();
        var (_, commit) = await TestTicket.NewAsync(store);
        await store.CommitAsync(
            commit with
            {
                Timers = [.. Enumerable.Range(0, 60).Select(i => new DerivedTimer($"t{i}", Due))],
            },
            CancellationToken.None
        );

        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i => Task.Run(() => timers.ClaimDueAsync($"node {i}", Due, 10, Long, CancellationToken.None)))
        );
        var rest = await timers.ClaimDueAsync("last", Due, 100, Long, CancellationToken.None);

        var all = claims.SelectMany(c => c).Concat(rest).Select(t => t.Key).ToList();
        Assert.Equal(60, all.Count);
        Assert.Equal(60, all.Distinct().Count());
    }
}
