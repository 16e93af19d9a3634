using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Automation;

public sealed class RuleRunsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_run_is_read_as_it_was_written(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var run = Run("whole", 1, "event:7") with
        {
            Outcome = RuleOutcome.Else,
            Detail = new RuleRunDetail
            {
                Trigger = "opened",
                Position = 7,
                TicketVersion = 3,
                Condition = "priority = high AND 제목 ~ x",
                Truth = new ConditionTruth(
                    ConditionPart.All,
                    0,
                    20,
                    false,
                    null,
                    [],
                    [new ConditionTruth(ConditionPart.Comparison, 0, 15, false, "priority", ["low"], [])]
                ),
                Actions =
                [
                    new ActionResult(
                        "priority",
                        ActionStatus.Refused,
                        [Refusal.Invalid("refusal.priority-unknown", "priority", "high")]
                    ),
                ],
                Chain = [new CauseLink(6, new TicketId(1), "ticket.opened/1", "other", null)],
                WaitsUntil = Now,
                Actor = "kim@example.com",
            },
        };

        await runs.SaveAsync([run], [], [], CancellationToken.None);

        var found = Assert.Single(await FindAsync(runs, new RuleRunQuestion { Rule = "whole" }));
        Assert.Equal(run with { Id = found.Id }, found);
        Assert.True(found.Id > 0);
        Assert.Contains("whole", await runs.RecordedAsync(new TicketId(1), "event:7", CancellationToken.None));
        Assert.Empty(await runs.RecordedAsync(new TicketId(1), "event:8", CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_same_occasion_counts_once(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var run = Run("once", 2, "event:9");

        await runs.SaveAsync([run], [], [], CancellationToken.None);
        await runs.SaveAsync([run with { Outcome = RuleOutcome.Loop }], [], [], CancellationToken.None);

        var found = Assert.Single(await FindAsync(runs, new RuleRunQuestion { Rule = "once" }));
        Assert.Equal(RuleOutcome.Then, found.Outcome);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Questions_are_answered_newest_first(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        await runs.SaveAsync(
            [
                Run("asked", 3, "event:1"),
                Run("asked", 3, "event:2") with
                {
                    Outcome = RuleOutcome.Loop,
                },
                Run("asked", 4, "event:3") with
                {
                    Outcome = RuleOutcome.Not,
                },
            ],
            [],
            [],
            CancellationToken.None
        );

        var all = await FindAsync(runs, new RuleRunQuestion { Rule = "asked" });
        Assert.Equal(["event:3", "event:2", "event:1"], all.Select(run => run.Occasion));
        Assert.Equal(
            ["event:2", "event:1"],
            (await FindAsync(runs, new RuleRunQuestion { Rule = "asked", Before = all[0].Id })).Select(r => r.Occasion)
        );
        Assert.Equal(2, (await FindAsync(runs, new RuleRunQuestion { Ticket = new TicketId(3) })).Count);
        Assert.Equal(2, await runs.CountAsync(new TicketId(3), 10, CancellationToken.None));
        Assert.Equal(1, await runs.CountAsync(new TicketId(3), 1, CancellationToken.None));
        Assert.Equal(
            "event:2",
            Assert
                .Single(await FindAsync(runs, new RuleRunQuestion { Rule = "asked", Outcome = RuleOutcome.Loop }))
                .Occasion
        );
        var counts = (await runs.CountAsync(Now, CancellationToken.None))["asked"];
        Assert.Equal(new RuleCounts(3, 1, 1, Now), counts);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_newer_event_begins_the_waiting_anew_and_an_older_one_does_not(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var (ticket, hour) = (new TicketId(5), Duration.FromHours(1));
        var first = new RuleWait(ticket, "wait", 0, 10, Now + hour);
        var second = first with { Position = 12, DueAt = Now + hour + hour };
        await runs.SaveAsync([], [first], [], CancellationToken.None);
        await runs.SaveAsync([], [second], [], CancellationToken.None);
        await runs.SaveAsync([], [first], [], CancellationToken.None);

        Assert.Equal([second], await runs.WaitsAsync(ticket, CancellationToken.None));
        Assert.DoesNotContain(second, await runs.DueAsync(Now + hour, 10, CancellationToken.None));
        Assert.Contains(second, await runs.DueAsync(second.DueAt, 10, CancellationToken.None));

        // What ended was the first; the second goes on.
        await runs.SaveAsync([], [], [first], CancellationToken.None);
        Assert.Equal([second], await runs.WaitsAsync(ticket, CancellationToken.None));
        await runs.SaveAsync([Run("wait", 5, "after:12:0")], [], [second], CancellationToken.None);
        Assert.Empty(await runs.WaitsAsync(ticket, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_is_old_is_forgotten(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var old = Now - Duration.FromDays(100);
        await runs.SaveAsync(
            [Run("old", 6, "event:1") with { At = old }, Run("old", 6, "event:2")],
            [],
            [],
            CancellationToken.None
        );

        Assert.Equal(1, await runs.ForgetAsync(Now - Duration.FromDays(90), CancellationToken.None));
        Assert.Equal("event:2", Assert.Single(await FindAsync(runs, new RuleRunQuestion { Rule = "old" })).Occasion);
    }

    private async Task<IRuleRuns> RunsAsync(DatabaseProvider provider) =>
        (await databases.GetAsync(provider)).Get<IRuleRuns>();

    private static Task<IReadOnlyList<RuleRun>> FindAsync(IRuleRuns runs, RuleRunQuestion question) =>
        runs.FindAsync(question, 10, CancellationToken.None);

    private static RuleRun Run(string rule, long ticket, string occasion) =>
        new(
            0,
            rule,
            1,
            new TicketId(ticket),
            occasion,
            Now,
            RuleOutcome.Then,
            new RuleRunDetail { Trigger = "opened", TicketVersion = 1 }
        );
}
