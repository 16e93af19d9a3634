using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Reactions.Escalations;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Host.Tests.Rules;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts that rules, fields, the clock and plugins call.</summary>
public sealed class ScriptUseTests
{
    [Theory]
    [InlineData("return ticket.summary.length > 3;", "Long enough", RuleOutcome.Then, true, null)]
    [InlineData("return ticket.summary.length > 3;", "No", RuleOutcome.Else, false, null)]
    [InlineData("missing();", "Any", RuleOutcome.Undecided, false, "missing is not defined")]
    [InlineData("ticket.note('x'); return true;", "Any", RuleOutcome.Undecided, false, "may read")]
    public async Task A_rule_asks_a_script_and_keeps_what_it_said(
        string source,
        string summary,
        RuleOutcome outcome,
        bool holds,
        string? error
    )
    {
        await using var host = await ScriptHost.CreateAsync(scripts: ScriptHost.Script("ask", source));
        host.Add(
            RuleBench.Rule("asking", "opened", RuleBench.Label("yes")) with
            {
                Condition = "type = incident",
                Script = "ask",
                Else = [RuleBench.Label("no")],
            }
        );
        var ticket = (await host.Host.OpenAsync(summary)).State.Id;

        await RuleBench.ReactAsync(host.Host);

        var run = Assert.Single(await RuleBench.RunsAsync(host.Host, "asking"));
        Assert.Equal((outcome, holds), (run.Outcome, run.Detail.Script?.Holds));
        Assert.Equal(error is null, run.Detail.Script?.Error is null);
        Assert.Contains(error ?? "", run.Detail.Script?.Error ?? "", StringComparison.Ordinal);
        string[] labels =
            outcome == RuleOutcome.Then ? ["yes"]
            : outcome == RuleOutcome.Else ? ["no"]
            : [];
        Assert.Equal(labels, (await RuleBench.NowAsync(host.Host, ticket)).Labels);
    }

    [Fact]
    public async Task A_script_is_not_asked_when_the_query_has_settled_it()
    {
        await using var host = await ScriptHost.CreateAsync(scripts: ScriptHost.Script("ask", "return true;"));
        host.Add(
            RuleBench.Rule("asking", "opened", RuleBench.Label("yes")) with
            {
                Condition = "type = problem",
                Script = "ask",
            }
        );
        await host.Host.OpenAsync();

        await RuleBench.ReactAsync(host.Host);

        var run = Assert.Single(await RuleBench.RunsAsync(host.Host, "asking"));
        Assert.Equal((RuleOutcome.Not, null), (run.Outcome, run.Detail.Script));
        Assert.Empty(await host.RunsAsync("ask"));
    }

    [Fact]
    public async Task A_rule_runs_a_script_with_arguments_once()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts:
            [
                ScriptHost.Script("act", "ticket.note(`${event.type}: ${argument.text}`);"),
                ScriptHost.Script("bad", "throw new Error('broken');"),
            ]
        );
        host.Add(RuleBench.Rule("acting", "opened", Call("act"), Call("bad"), Call("gone"), RuleBench.Label("after")));
        var ticket = (await host.Host.OpenAsync("Printer")).State.Id;

        await RuleBench.ReactAsync(host.Host);
        await RuleBench.ReactAsync(host.Host);

        var note = Assert.Single((await host.EventsAsync(ticket)).OfType<InternalNoteAdded>());
        Assert.Equal("ticket.opened: About Printer", note.Body);
        var run = Assert.Single(await RuleBench.RunsAsync(host.Host, "acting"));
        Assert.Equal(
            [null, RuleRefusals.ScriptFailed, RuleRefusals.ScriptGone, null],
            run.Detail.Actions.Select(action => action.Refusals.FirstOrDefault()?.Code)
        );
        Assert.Equal(["after"], (await RuleBench.NowAsync(host.Host, ticket)).Labels);
    }

    [Fact]
    public async Task A_level_of_a_promise_runs_a_script_once_and_the_history_tells()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts: ScriptHost.Script("act", "ticket.note(`${event.type}: ${argument.text}`);")
        );
        var policy = host.Get<SlaPolicyDocument>("standard");
        var (metric, level) = (policy.Metrics[0], new SlaEscalation { At = "50%", Do = [Call("act"), Call("gone")] });
        host.Add(policy with { Metrics = [metric with { Goals = [metric.Goals[0] with { Escalations = [level] }] }] });
        var ticket = (await host.Host.OpenAsync("Printer")).State.Id;
        host.Host.Time.Advance(metric.Goals[0].Target / 2);
        await host.Host.Get<TimerSweeper>().SweepAsync(default);

        await host.SettleAsync<EscalationReaction>(EscalationReaction.Name, ticket);
        await host.SettleAsync<EscalationReaction>(EscalationReaction.Name, ticket);

        var events = await host.EventsAsync(ticket);
        Assert.Equal("sla.escalated: About Printer", Assert.Single(events.OfType<InternalNoteAdded>()).Body);
        var acted = Assert.Single(events.OfType<EscalationActed>());
        Assert.Equal([("script", false), ("script", true)], acted.Steps.Select(step => (step.Do, step.IsRefused)));
    }

    [Fact]
    public async Task A_computed_field_follows_each_change_and_ends_in_itself()
    {
        await using var host = await FieldHostAsync("return ticket.summary.length;");
        var ticket = (await host.Host.OpenAsync("Four")).State.Id;
        await host.SettleAsync<ComputedFields>(ComputedFields.Name, ticket);
        var first = (await RuleBench.NowAsync(host.Host, ticket)).Fields.Find("length");

        await RuleBench.SendAsync(host.Host, ticket, new EditTicket("Twelve chars"));
        await RuleBench.SendAsync(host.Host, ticket, new SetPriority(Priority.High));
        await host.SettleAsync<ComputedFields>(ComputedFields.Name, ticket);
        await host.SettleAsync<ComputedFields>(ComputedFields.Name, ticket);

        Assert.Equal(new NumberValue(4), first);
        Assert.Equal(new NumberValue(12), (await RuleBench.NowAsync(host.Host, ticket)).Fields.Find("length"));
        var computed = (await host.Host.EventsAsync(ticket)).Where(one => one.Event is FieldsChanged).ToList();
        Assert.Equal(2, computed.Count);
        Assert.All(computed, one => Assert.Equal(("length-of", null), (one.Actor.Name, one.Actor.Person)));
    }

    [Fact]
    public async Task Nobody_fills_a_computed_field_by_hand()
    {
        await using var host = await FieldHostAsync("return 1;");
        var ticket = (await host.Host.OpenAsync()).State.Id;

        var answer = await RuleBench.SendAsync(
            host.Host,
            ticket,
            new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem("length", new NumberValue(99)))
        );

        var refusal = Assert.Single(answer.Refusals);
        Assert.Equal((RefusalCodes.FieldComputed, "fields.length"), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("throw new Error('no');")]
    [InlineData("return 'many';")]
    [InlineData("return { a: 1 };")]
    public async Task A_script_that_fails_leaves_the_field_as_it_was_and_is_noted(string source)
    {
        await using var host = await FieldHostAsync(source);
        var ticket = (await host.Host.OpenAsync()).State.Id;

        await host.SettleAsync<ComputedFields>(ComputedFields.Name, ticket);

        Assert.Null((await RuleBench.NowAsync(host.Host, ticket)).Fields.Find("length"));
        var run = Assert.Single(await host.RunsAsync("length-of"));
        Assert.Equal(("error", "field"), (run.Outcome, run.Use));
    }

    [Fact]
    public async Task A_job_runs_by_the_clock_of_its_zone()
    {
        var job = ScriptHost.Script("job", "store.set('n', (store.get('n') || 0) + 1);") with
        {
            Use = ScriptUse.Job,
            Cron = "0 8 * * *",
            Zone = "Asia/Seoul",
        };
        await using var host = await ScriptHost.CreateAsync(scripts: job);
        var jobs = host.Host.Get<ScriptJobs>();
        var seoul = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var clock = host.Host.Get<IClock>();
        await jobs.RunDueAsync(CancellationToken.None);
        Assert.Empty(await host.RunsAsync("job"));

        var today = clock.GetCurrentInstant().InZone(seoul).Date;
        var eight = seoul.AtLeniently(today.PlusDays(1).At(new LocalTime(8, 0))).ToInstant();
        host.Host.Time.Advance(eight - Duration.FromMinutes(1) - clock.GetCurrentInstant());
        await jobs.RunDueAsync(CancellationToken.None);
        var before = (await host.RunsAsync("job")).Count;
        host.Host.Time.Advance(Duration.FromMinutes(2));
        await jobs.RunDueAsync(CancellationToken.None);
        await jobs.RunDueAsync(CancellationToken.None);
        var after = (await host.RunsAsync("job")).Count;
        host.Host.Time.Advance(Duration.FromDays(3));
        await jobs.RunDueAsync(CancellationToken.None);

        // What was missed comes once.
        Assert.Equal((before + 1, before + 2), (after, (await host.RunsAsync("job")).Count));
    }

    [Fact]
    public async Task A_plugin_asks_a_script_for_the_points_of_a_series()
    {
        await using var host = await ScriptHost.CreateAsync(
            scripts:
            [
                ScriptHost.Script("points", "return argument.facts.map(f => ({ x: f.day, y: f.count * 2 }));") with
                {
                    Use = ScriptUse.ReportSeries,
                },
                ScriptHost.Script("writes", "tickets.open({ desk: 'ITSD', type: 'incident', summary: 'x' });"),
            ]
        );
        var scripts = host.Host.Get<IScripts>();
        var facts = JsonSerializer.SerializeToElement(new { facts = new[] { new { day = "Mon", count = 2 } } });

        var answer = await scripts.RunAsync(new ScriptRequest("points", "report-series") { Argument = facts });
        var writes = await scripts.RunAsync(new ScriptRequest("writes", "report-series"));
        var missing = await scripts.RunAsync(new ScriptRequest("gone", "report-series"));

        Assert.Equal(
            (ScriptAnswerStatus.Done, "[{\"x\":\"Mon\",\"y\":4}]"),
            (answer.Status, answer.Value?.GetRawText())
        );
        Assert.Equal(ScriptAnswerStatus.Failed, writes.Status);
        Assert.Equal(ScriptAnswerStatus.Missing, missing.Status);
        Assert.Equal("report-series", Assert.Single(await host.RunsAsync("points")).Use);
    }

    private static RuleAction Call(string script) =>
        new()
        {
            Do = "script",
            Script = script,
            With = ValueMap<string>.Empty.SetItem("text", "About {{ticket.summary}}"),
        };

    private static async Task<ScriptHost> FieldHostAsync(string source)
    {
        var host = await ScriptHost.CreateAsync(scripts: ScriptHost.Script("length-of", source));
        var type = host.Get<TicketTypeDocument>("incident");
        host.Add(
            new FieldDocument
            {
                Id = "length",
                Name = LocalizedText.Of("Length"),
                Kind = FieldKind.Number,
                Script = "length-of",
            },
            type with
            {
                Fields = ["length"],
            }
        );
        return host;
    }
}
