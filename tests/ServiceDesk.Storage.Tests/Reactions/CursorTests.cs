using System.Data.Common;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Reactions;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Reactions;

public sealed class CursorTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Duration Long = Duration.FromMinutes(5);
    private static readonly Duration Over = Duration.FromSeconds(-1);
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_new_cursor_begins_where_it_is_told_and_one_node_holds_it(DatabaseProvider provider)
    {
        var cursors = (await databases.GetAsync(provider)).Get<ICursorStore>();

        var lease = await cursors.AcquireAsync("mail", "one", Long, 17, CancellationToken.None);
        var other = await cursors.AcquireAsync("mail", "two", Long, 0, CancellationToken.None);
        var renewed = await cursors.AcquireAsync("mail", "one", Long, 0, CancellationToken.None);

        Assert.Equal(new CursorLease("mail", "one", 17, 1), lease);
        Assert.Null(other);
        Assert.Equal(lease, renewed);
        Assert.True(await cursors.AdvanceAsync(lease!, 19, [], CancellationToken.None));
        Assert.Equal(19, (await cursors.PositionsAsync(CancellationToken.None))["mail"]);
        await cursors.ReleaseAsync(lease!, CancellationToken.None);
        Assert.Equal(
            new CursorLease("mail", "two", 19, 2),
            await cursors.AcquireAsync("mail", "two", Long, 0, CancellationToken.None)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_that_slept_through_its_lease_moves_nothing_and_parks_nothing(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var cursors = database.Get<ICursorStore>();
        var slept = await cursors.AcquireAsync("hook", "one", Over, 0, CancellationToken.None);
        var now = await cursors.AcquireAsync("hook", "two", Long, 0, CancellationToken.None);

        Assert.False(await cursors.AdvanceAsync(slept!, 5, [Parked("hook", 5, 1)], CancellationToken.None));
        Assert.Equal(2, now!.Fence);
        Assert.Equal(0, (await cursors.PositionsAsync(CancellationToken.None))["hook"]);
        Assert.Empty(await database.Get<IDeadLetters>().BlockedAsync("hook", CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Cursors_that_move_at_once_answer_each_for_itself(DatabaseProvider provider)
    {
        const int many = 40;
        var database = await databases.GetAsync(provider);
        var cursors = database.Get<ICursorStore>();
        var leases = new List<CursorLease>();
        for (var number = 0; number < many; number++)
        {
            leases.Add((await cursors.AcquireAsync($"at-once-{number:00}", "one", Long, 0, CancellationToken.None))!);
        }

        // One that lost its lease, and one whose event is parked already, are alone with their answers.
        leases[5] = leases[5] with
        {
            Fence = 7,
        };
        await cursors.AdvanceAsync(leases[9], 1, [Parked("at-once-09", 1, 1)], CancellationToken.None);
        var answers = await Task.WhenAll(
            leases.Select(async lease =>
            {
                try
                {
                    var parked = Parked(lease.Name, lease.Name.EndsWith("09", StringComparison.Ordinal) ? 1 : 3, 1);
                    return $"{await cursors.AdvanceAsync(lease, 3, [parked], CancellationToken.None)}";
                }
                catch (DbException)
                {
                    return "fault";
                }
                catch (StorageUnavailableException)
                {
                    return "fault";
                }
            })
        );

        Assert.Equal("False", answers[5]);
        Assert.Equal("fault", answers[9]);
        Assert.Equal(many - 2, answers.Count(answer => answer == "True"));
        var positions = await cursors.PositionsAsync(CancellationToken.None);
        Assert.Equal(0, positions["at-once-05"]);
        Assert.Equal(1, positions["at-once-09"]);
        Assert.Equal(3, positions["at-once-39"]);
        var letters = database.Get<IDeadLetters>();
        Assert.Single(await letters.BlockedAsync("at-once-39", CancellationToken.None));
        Assert.Empty(await letters.BlockedAsync("at-once-05", CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Events_behind_a_failed_one_of_their_ticket_wait_for_it(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var (cursors, letters) = (database.Get<ICursorStore>(), database.Get<IDeadLetters>());
        var lease = (await cursors.AcquireAsync("order", "one", Long, 0, CancellationToken.None))!;
        var failed = Parked("order", 3, 1) with { NextAt = Now + Duration.FromSeconds(5) };
        var behind = Parked("order", 4, 1) with { State = ParkedState.Behind };
        var other = Parked("order", 5, 2);
        await cursors.AdvanceAsync(lease, 5, [failed, behind, other], CancellationToken.None);

        Assert.Equal([5L], await DueAsync(Now));
        Assert.Equal([3L, 5L], await DueAsync(Now + Duration.FromSeconds(5)));
        Assert.Equal(
            [new TicketId(1), new TicketId(2)],
            (await letters.BlockedAsync("order", CancellationToken.None)).OrderBy(id => id.Value)
        );
        Assert.True(await letters.SettleAsync(lease, failed, null, CancellationToken.None));
        Assert.Equal([4L, 5L], await DueAsync(Now));

        async Task<IEnumerable<long>> DueAsync(Instant at) =>
            (await letters.DueAsync("order", at, 10, CancellationToken.None)).Select(e => e.Position);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_dead_one_blocks_nobody_and_can_be_replayed_or_dismissed(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var (cursors, letters) = (database.Get<ICursorStore>(), database.Get<IDeadLetters>());
        var lease = (await cursors.AcquireAsync("dead", "one", Long, 0, CancellationToken.None))!;
        var (first, second) = (Parked("dead", 8, 3), Parked("dead", 9, 3));
        await cursors.AdvanceAsync(lease, 9, [first, second], CancellationToken.None);
        await letters.SettleAsync(
            lease,
            first,
            first with
            {
                State = ParkedState.Dead,
                Attempts = 6,
                Error = "no route to host",
            },
            CancellationToken.None
        );

        Assert.Equal([9L], (await letters.DueAsync("dead", Now, 10, CancellationToken.None)).Select(e => e.Position));
        var dead = (await letters.DeadAsync(10, CancellationToken.None)).Single(e => e.Reaction == "dead");
        Assert.Equal((8, 6, "no route to host"), (dead.Position, dead.Attempts, dead.Error));
        Assert.True(await letters.ReplayAsync("dead", 8, Now, CancellationToken.None));
        Assert.Equal([8L], (await letters.DueAsync("dead", Now, 10, CancellationToken.None)).Select(e => e.Position));
        Assert.False(await letters.DismissAsync("dead", 8, CancellationToken.None));
        var stale = lease with { Fence = lease.Fence - 1 };
        Assert.False(await letters.SettleAsync(stale, first, null, CancellationToken.None));
        await letters.SettleAsync(lease, first, first with { State = ParkedState.Dead }, CancellationToken.None);
        Assert.True(await letters.DismissAsync("dead", 8, CancellationToken.None));
        Assert.False(await letters.ReplayAsync("dead", 8, Now, CancellationToken.None));
    }

    private static ParkedEvent Parked(string reaction, long position, long ticket) =>
        new(reaction, position, new TicketId(ticket), ParkedState.Retrying, 1, Now, "boom", Now);
}
