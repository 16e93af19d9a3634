using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Scripts;
using ServiceDesk.Storage.Settings;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Connections;

/// <summary>Two nodes often come to the same conclusion at the same moment: the second finds the row of the first, and neither fails.</summary>
public sealed class SameRowAtOnceTests(Databases databases) : IClassFixture<Databases>
{
    private const int Writers = 16;

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_rule_runs_once_for_an_occasion(DatabaseProvider provider)
    {
        var runs = (await databases.GetAsync(provider)).Get<IRuleRuns>();
        var run = new RuleRun(
            0,
            "same",
            1,
            new TicketId(5),
            "event:1",
            Now,
            RuleOutcome.Then,
            new RuleRunDetail { Trigger = "opened", TicketVersion = 1 }
        );
        await AtOnceAsync(_ => runs.SaveAsync([run], [], [], default));
        Assert.Equal(1, await runs.CountAsync(run.Ticket, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_draft_is_the_last_ones(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IRuleDrafts>();
        await AtOnceAsync(writer => drafts.SaveAsync(new("same", 0, $"{writer}", new(7), Now), default));
        Assert.InRange(Number((await drafts.FindAsync("same", default))!.Document), 0, Writers - 1);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_setting_is_the_last_ones(DatabaseProvider provider)
    {
        var settings = (await databases.GetAsync(provider)).Get<ISettingStore>();
        await AtOnceAsync(writer => settings.SaveAsync("owner", "same", $"{writer}", null));
        Assert.InRange(Number((await settings.FindAsync("owner", "same"))!.Json), 0, Writers - 1);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_script_keeps_its_code_its_value_and_its_run_once(DatabaseProvider provider)
    {
        var scripts = (await databases.GetAsync(provider)).Get<IScriptStore>();
        var run = new ScriptRunRecord
        {
            Script = "same",
            Version = 1,
            Use = "event",
            Position = 9,
            At = Now,
            Duration = Duration.FromMilliseconds(3),
            Statements = 1,
            Allocated = 1,
            Calls = 0,
            Outcome = "done",
            Log = "[]",
        };
        await AtOnceAsync(writer => scripts.KeepCompiledAsync("hash", "{}"));
        await AtOnceAsync(async writer => Assert.True(await scripts.SetValueAsync("same", "key", $"{writer}", 1)));
        await AtOnceAsync(writer => scripts.AddRunAsync(run));

        Assert.Equal("{}", await scripts.FindCompiledAsync("hash"));
        Assert.Equal(["key"], await scripts.KeysAsync("same"));
        Assert.False(await scripts.SetValueAsync("same", "another", "1", 1));
        Assert.Single(await scripts.RunsAsync("same", 10));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task AtOnceAsync(Func<int, Task> write)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Enumerable
            .Range(0, Writers)
            .Select(async writer =>
            {
                await ready.Task;
                await write(writer);
            })
            .ToList();
        ready.SetResult();
        await Task.WhenAll(writing);
    }
}
