using NodaTime;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts that run after events and at their times.</summary>
public sealed class ScriptHandlerTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_handler_runs_once_for_each_event_it_names(DatabaseProvider provider)
    {
        await using var host = await ScriptHost.CreateAsync(
            provider,
            scripts: ScriptHost.Script("greet", "ticket.note(`${event.type} ${event.data.summary}`);", "ticket.opened")
        );
        var ticket = (await host.Host.OpenAsync()).State.Id;

        await host.ReactAsync();
        await host.ReactAsync();

        var note = Assert.Single((await host.EventsAsync(ticket)).OfType<InternalNoteAdded>());
        Assert.Equal("ticket.opened The printer is on fire", note.Body);
        var run = Assert.Single(await host.RunsAsync("greet"));
        Assert.Equal(("done", "handler", 1), (run.Outcome, run.Use, run.Calls));
        Assert.True(run.Statements > 0 && run.Allocated > 0);
    }

    [Fact]
    public async Task An_effect_carries_its_cause_and_depth()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts: ScriptHost.Script("greet", "ticket.note('Hello');", "ticket.opened")
        );
        var ticket = (await host.Host.OpenAsync()).State.Id;
        await host.ReactAsync();

        var events = await host.Host.EventsAsync(ticket);
        Assert.Equal((events[0].Position, 1), (events[^1].Cause, events[^1].Depth));
    }

    [Fact]
    public async Task A_script_that_changes_what_triggers_it_ends_with_a_report()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts: ScriptHost.Script("loop", "ticket.edit({ summary: ticket.summary + '!' });", "ticket.text-edited")
        );
        var ticket = (await host.Host.OpenAsync()).State.Id;
        await host.Host.Grains.SendAsync(ticket, new CommandEnvelope(new EditTicket("Round"), Actor.System));

        var outcomes = await host.ReactAsync();

        Assert.Contains(outcomes, outcome => outcome.IsHopeless);
        var edits = (await host.EventsAsync(ticket)).OfType<TextEdited>().Count();
        Assert.InRange(edits, 2, 12);
    }

    [Fact]
    public async Task An_error_of_a_script_is_noted_and_holds_up_nobody()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts:
            [
                ScriptHost.Script("bad", "log.warn('soon');\nthrow new Error('no');", "ticket.opened"),
                ScriptHost.Script("good", "ticket.note('Hello');", "ticket.opened"),
            ]
        );
        var ticket = (await host.Host.OpenAsync()).State.Id;

        var outcomes = await host.ReactAsync();

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        var run = Assert.Single(await host.RunsAsync("bad"));
        Assert.Equal(("error", 2), (run.Outcome, run.Line));
        Assert.Contains("no", run.Error, StringComparison.Ordinal);
        Assert.Equal([new ScriptLogLine("warn", "soon")], ScriptRunLog.Lines(run));
        Assert.Single((await host.EventsAsync(ticket)).OfType<InternalNoteAdded>());
    }

    [Fact]
    public async Task A_job_runs_at_its_times()
    {
        var job = ScriptHost.Script("job", "store.set('n', (store.get('n') || 0) + 1);") with
        {
            Use = ScriptUse.Job,
            Every = Duration.FromMinutes(15),
        };
        await using var host = await ScriptHost.CreateAsync(scripts: job);
        var jobs = host.Host.Get<ScriptJobs>();

        await jobs.RunDueAsync(CancellationToken.None);
        await jobs.RunDueAsync(CancellationToken.None);
        host.Host.Time.Advance(Duration.FromMinutes(16));
        await jobs.RunDueAsync(CancellationToken.None);

        Assert.Equal(2, (await host.RunsAsync("job")).Count);
    }

    [Fact]
    public async Task A_script_that_is_switched_off_does_not_run()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts: ScriptHost.Script("off", "ticket.note('x');", "ticket.opened") with
            {
                Enabled = false,
            }
        );
        await host.Host.OpenAsync();

        await host.ReactAsync();

        Assert.Empty(await host.RunsAsync("off"));
        Assert.Null(await host.Scripts.RunAsync("off", new ScriptOccasion("test")));
    }

    [Fact]
    public async Task Old_runs_are_forgotten()
    {
        await using var host = await ScriptHost.CreateAsync();
        await host.RunAsync("return 1;");
        host.Host.Time.Advance(ForgetRuns.Kept + Duration.FromDays(1));
        await host.RunAsync("return 2;");

        var forgotten = await new ForgetRuns(
            host.Host.Get<Storage.Scripts.IScriptStore>(),
            host.Host.Get<IClock>()
        ).RunAsync(CancellationToken.None);

        Assert.Equal(1, forgotten);
        Assert.Single(await host.RunsAsync("test"));
    }
}
