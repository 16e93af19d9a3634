using NodaTime;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Sla;

public sealed class BacktestStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Duration Silence = Duration.FromMinutes(2);
    private static readonly PersonId Somebody = new(7);

    private static readonly BacktestRequest Request = new(
        [new BacktestDraft("sla-policy", "strict", """{"id":"strict","name":"엄격"}""")],
        Now - Duration.FromDays(90),
        Now,
        "Asia/Seoul",
        ["ITSD", "HR"],
        12
    );

    private static readonly BacktestFigures Figures = new BacktestTally(
        DateTimeZone.Utc,
        Now - Duration.FromDays(3),
        Now
    ).Figures() with
    {
        Tickets = 41,
        All = new GroupCounts(new VerdictCounts(3, 2, 1), new VerdictCounts(2, 3, 1), 2, 1),
    };

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_trial_runs_at_a_time_and_one_that_fell_silent_makes_room(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IBacktestStore>();

        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => BeginAsync(store, Now))));
        var first = Assert.Single(begun, id => id is not null)!.Value;
        Assert.True(await store.ProgressAsync(first, 10, 100, Now + Silence, default));
        Assert.Null(await BeginAsync(store, Now + Silence + Silence));
        var second = await BeginAsync(store, Now + Silence + Silence + Duration.FromSeconds(1));

        Assert.NotNull(second);
        var ended = await store.FindAsync(first, default);
        Assert.Equal((BacktestState.Failed, Now + Silence), (ended!.State, ended.FinishedAt));
        // The server that fell silent comes back: its trial is over, and takes nothing from the new one.
        Assert.False(await store.ProgressAsync(first, 20, 100, Now + Silence, default));
        await store.EndAsync(first, new BacktestEnd(BacktestState.Done, Figures), Now, default);
        Assert.Equal(BacktestState.Failed, (await store.FindAsync(first, default))!.State);
        Assert.Equal(BacktestState.Running, (await store.FindAsync(second.Value, default))!.State);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_that_nobody_wants_any_more_hears_of_it_and_can_be_ended_once(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IBacktestStore>();
        var id = (await BeginAsync(store, Now))!.Value;
        Assert.True(await store.ProgressAsync(id, 1, 10, Now, default));

        Assert.True(await store.CancelAsync(id, default));

        Assert.False(await store.ProgressAsync(id, 2, 10, Now, default));
        await store.EndAsync(id, new BacktestEnd(BacktestState.Cancelled), Now, default);
        Assert.False(await store.CancelAsync(id, default));
        Assert.False(await store.CancelAsync(id + 1, default));
        var found = (await store.FindAsync(id, default))!;
        Assert.Equal((BacktestState.Cancelled, 1, 10), (found.State, found.Done, found.Total));
        Assert.Null(found.Figures);
        Assert.NotNull(await BeginAsync(store, Now));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_was_tried_and_what_came_out_is_read_as_it_was_written(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IBacktestStore>();
        var id = (await BeginAsync(store, Now))!.Value;
        var teams = Figures with { Tickets = 43 };
        var end = new BacktestEnd(BacktestState.Done, Figures, teams, IsCut: true);
        await store.EndAsync(id, end, Now + Silence, default);

        var found = (await store.FindAsync(id, default))!;

        Assert.Equal(Request, found.Request);
        Assert.Equal((Figures, teams, false), (found.Figures, found.TeamFigures, found.IsTogether));
        Assert.Equal(
            (Somebody, Now, Now + Silence, true, BacktestState.Done),
            (found.By, found.StartedAt, found.FinishedAt!.Value, found.IsCut, found.State)
        );
        Assert.Null(Assert.Single(await store.ListAsync(10, default)).Figures);
        Assert.Null(await store.FindAsync(id + 1, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Kept_clocks_are_found_by_everything_that_figures_are_told_apart_by(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IBacktestStore>();
        var id = (await BeginAsync(store, Now))!.Value;
        await store.KeepAsync(id, [.. Enumerable.Range(1, 1_100).Select(Clock)], default);
        await store.EndAsync(id, new BacktestEnd(BacktestState.Done), Now, default);
        var other = (await BeginAsync(store, Now))!.Value;
        await store.KeepAsync(other, [Clock(5_000)], default);

        async Task<int> CountAsync(KeptClockQuestion question) =>
            (await store.ClocksAsync(id, question, 0, 5_000, default)).Count;

        Assert.Equal(1_100, await CountAsync(new KeptClockQuestion()));
        Assert.Equal(550, await CountAsync(new KeptClockQuestion { Metric = "resolution" }));
        Assert.Equal(366, await CountAsync(new KeptClockQuestion { Organization = 0 }));
        Assert.Equal(367, await CountAsync(new KeptClockQuestion { Organization = 1 }));
        Assert.Equal(275, await CountAsync(new KeptClockQuestion { Priority = Priority.Low }));
        Assert.Equal(220, await CountAsync(new KeptClockQuestion { Team = 4 }));
        Assert.Equal(6, await CountAsync(new KeptClockQuestion { Hour = 0 }));
        Assert.Equal(275, await CountAsync(new KeptClockQuestion { Fate = KeptClockFate.Worse }));
        Assert.Equal(275, await CountAsync(new KeptClockQuestion { Fate = KeptClockFate.Better }));
        Assert.Equal(550, await CountAsync(new KeptClockQuestion { Fate = KeptClockFate.Official }));
        Assert.Equal(550, await CountAsync(new KeptClockQuestion { Fate = KeptClockFate.Draft }));
        Assert.Equal(
            275,
            await CountAsync(new KeptClockQuestion { Official = KeptVerdict.Met, Draft = KeptVerdict.Breached })
        );
        Assert.Equal(275, await CountAsync(new KeptClockQuestion { Official = KeptVerdict.None }));
        Assert.Equal(0, await CountAsync(new KeptClockQuestion { Draft = KeptVerdict.Open }));
        // One in eleven is between teams, one in eleven becomes it, and of one in eleven nobody knows.
        Assert.Equal(975, await CountAsync(new KeptClockQuestion { Agreement = AgreementType.Sla }));
        Assert.Equal(300, await CountAsync(new KeptClockQuestion { Agreement = AgreementType.Ola }));
        Assert.Equal(
            [new TicketId(2)],
            (
                await store.ClocksAsync(
                    id,
                    new KeptClockQuestion
                    {
                        Agreement = AgreementType.Sla,
                        Draft = KeptVerdict.None,
                        Hour = 2,
                        Priority = (Priority)3,
                    },
                    0,
                    1_100,
                    default
                )
            ).Select(clock => clock.Ticket)
        );
        var page = await store.ClocksAsync(id, new KeptClockQuestion(), 2, 3, default);
        Assert.Equal([1_098L, 1_097, 1_096], page.Select(clock => clock.Ticket.Value));
        Assert.Equal(Clock(1_097), page[1]);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Old_trials_go_with_their_clocks_and_a_running_one_stays(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IBacktestStore>();
        var ids = new List<long>();
        for (var day = 0; day < 4; day++)
        {
            var at = Now + Duration.FromDays(day);
            ids.Add((await BeginAsync(store, at))!.Value);
            await store.KeepAsync(ids[^1], [Clock(day + 1)], default);
            await store.EndAsync(ids[^1], new BacktestEnd(BacktestState.Done), at, default);
        }

        var running = (await BeginAsync(store, Now + Duration.FromDays(4)))!.Value;

        Assert.Equal(1, await store.ForgetAsync(Now + Duration.FromHours(1), keep: 20, default));
        Assert.Equal(1, await store.ForgetAsync(Now, keep: 3, default));
        Assert.Equal(2, await store.ForgetAsync(Now + Duration.FromDays(30), keep: 20, default));

        Assert.Equal([running], (await store.ListAsync(10, default)).Select(trial => trial.Id));
        Assert.All(
            await Task.WhenAll(ids.Select(id => store.ClocksAsync(id, new KeptClockQuestion(), 0, 10, default))),
            Assert.Empty
        );
    }

    private static Task<long?> BeginAsync(IBacktestStore store, Instant at) =>
        store.BeginAsync(Request, Somebody, at, at - Silence, default);

    private static KeptClock Clock(int number) =>
        new(
            new TicketId(number),
            number % 2 == 0 ? "response" : "resolution",
            1,
            number % 4 < 2 ? ClockVerdict.Breached
                : number % 4 == 2 ? ClockVerdict.Met
                : null,
            number % 4 is 1 or 2 ? ClockVerdict.Breached : ClockVerdict.Met,
            number % 3 == 0 ? null : new OrganizationId(number % 3),
            (Priority)(1 + (number % 4)),
            number % 5 == 0 ? null : new TeamId(number % 5),
            number % 168,
            Duration.FromMinutes(number),
            Duration.FromHours(number),
            (number % 11) switch
            {
                0 => null,
                1 => AgreementType.Ola,
                _ => AgreementType.Sla,
            },
            (number % 11) switch
            {
                0 => null,
                1 or 2 => AgreementType.Ola,
                _ => AgreementType.Sla,
            }
        );
}
