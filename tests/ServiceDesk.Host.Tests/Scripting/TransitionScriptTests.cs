using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts that have a say in the transitions of a workflow.</summary>
public sealed class TransitionScriptTests
{
    [Fact]
    public async Task A_condition_hides_the_transition_and_refuses_it()
    {
        await using var host = await HostAsync(
            new TransitionScripts { Condition = "may" },
            ScriptHost.Script("may", "return ticket.summary === 'Ready';")
        );
        var ready = await host.Host.OpenAsync("Ready");
        var raw = await host.Host.OpenAsync("Raw");

        Assert.Contains("resolve", await OfferedAsync(host, ready));
        Assert.DoesNotContain("resolve", await OfferedAsync(host, raw));
        Assert.True((await ResolveAsync(host, ready)).IsAccepted);
        Assert.Equal(RefusalCodes.TransitionCondition, Assert.Single((await ResolveAsync(host, raw)).Refusals).Code);
        Assert.True((await host.Host.Grains.SendAsync(raw.State.Id, TestConfiguration.Transition("start"))).IsAccepted);
    }

    [Fact]
    public async Task A_validator_refuses_with_its_own_sentence_at_the_field()
    {
        await using var host = await HostAsync(
            new TransitionScripts { Validator = "check" },
            ScriptHost.Script(
                "check",
                "return argument.resolution ? null : [{ field: 'resolution', message: 'Say how.' }, 'And why.'];"
            )
        );
        var ticket = await host.Host.OpenAsync();

        var refused = await ResolveAsync(host, ticket);
        var accepted = await ResolveAsync(host, ticket, "fixed");

        Assert.Equal(
            [("resolution", "Say how."), (null, "And why.")],
            refused.Refusals.Select(refusal => (refusal.Field, refusal.Arguments[0]))
        );
        Assert.All(refused.Refusals, refusal => Assert.Equal(RefusalCodes.GuardSaid, refusal.Code));
        Assert.Equal("resolved", accepted.Ticket?.State.Status);
    }

    [Theory]
    [InlineData("throw new Error('secret');", RefusalCodes.GuardFailed)]
    [InlineData("for (;;) {}", RefusalCodes.GuardFailed)]
    [InlineData("ticket.note('I was here.');", RefusalCodes.GuardFailed)]
    [InlineData("store.set('a', 1); return 17;", RefusalCodes.GuardFailed)]
    [InlineData(null, RefusalCodes.GuardMissing)]
    public async Task One_that_fails_writes_takes_too_long_or_is_missing_refuses_with_a_clear_sentence(
        string? source,
        string code
    )
    {
        await using var host = await HostAsync(
            new TransitionScripts { Validator = "check" },
            source is null ? [] : [ScriptHost.Script("check", source)]
        );
        var ticket = await host.Host.OpenAsync();

        var refused = await ResolveAsync(host, ticket, "fixed");

        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal((code, "check"), (refusal.Code, Assert.Single(refusal.Arguments)));
        Assert.Single(await host.EventsAsync(ticket.State.Id));
    }

    [Fact]
    public async Task Steps_together_ask_the_script_for_each_and_none_goes_past_it()
    {
        await using var host = await HostAsync(
            new TransitionScripts { Condition = "no" },
            ScriptHost.Script("no", "return false;")
        );
        var ticket = await host.Host.OpenAsync();
        var both = new ChangeTicket([
            new TransitionTicket("start", null, ValueMap<FieldValue?>.Empty),
            new TransitionTicket("resolve", "fixed", ValueMap<FieldValue?>.Empty),
        ]);

        var answer = await host.Host.Grains.SendAsync(ticket.State.Id, new CommandEnvelope(both, Actor.System));

        Assert.Equal(RefusalCodes.TransitionCondition, Assert.Single(answer.Refusals).Code);
    }

    [Fact]
    public async Task A_script_that_changes_a_ticket_waits_for_the_script_that_guards_it()
    {
        await using var host = await HostAsync(
            new TransitionScripts { Validator = "check" },
            ScriptHost.Script("check", "return tickets.get(ticket.key).status === 'new' ? null : 'No.';")
        );
        var opened = new List<TicketSnapshot>();
        for (var number = 0; number < 6; number++)
        {
            opened.Add(await host.Host.OpenAsync($"Ticket {number}"));
        }

        // More at once than there are workers: each holds one and waits for another.
        var runs = await Task.WhenAll(
            opened.Select(ticket =>
                host.RunAsync("return ticket.transition('resolve', { resolution: 'fixed' }).status;", ticket.State.Id)
            )
        );

        Assert.All(runs, run => Assert.Equal("\"resolved\"", run.Result.Value?.GetRawText()));
    }

    [Fact]
    public async Task The_script_after_a_transition_runs_once_after_the_commit()
    {
        await using var host = await HostAsync(
            new TransitionScripts { After = "tell" },
            ScriptHost.Script("tell", "ticket.note(`${argument.from} > ${argument.to} (${argument.resolution})`);")
        );
        var ticket = await host.Host.OpenAsync();
        Assert.True((await ResolveAsync(host, ticket, "fixed")).IsAccepted);

        await host.SettleAsync<TransitionFollowers>(TransitionFollowers.Name, ticket.State.Id);
        await host.SettleAsync<TransitionFollowers>(TransitionFollowers.Name, ticket.State.Id);

        var note = Assert.Single((await host.EventsAsync(ticket.State.Id)).OfType<InternalNoteAdded>());
        Assert.Equal("new > resolved (fixed)", note.Body);
    }

    [Fact]
    public async Task What_time_does_asks_no_script()
    {
        await using var host = await ScriptHost.CreateAsync(scripts: ScriptHost.Script("no", "return false;"));
        var workflow = host.Get<WorkflowDocument>("incident");
        host.Add(Guarded(workflow, "close", new TransitionScripts { Condition = "no" }));
        var ticket = await host.Host.OpenAsync();
        await host.Host.Grains.SendAsync(ticket.State.Id, TestConfiguration.Transition("resolve", "fixed"));
        var closing = await host.Host.Grains.SendAsync(ticket.State.Id, TestConfiguration.Transition("close"));

        host.Host.Time.Advance(NodaTime.Duration.FromDays(8));
        await host.Host.Grains.SendAsync(ticket.State.Id, TestConfiguration.Note("later"));

        Assert.False(closing.IsAccepted);
        Assert.Equal("closed", (await host.Host.Grains.GetAsync(ticket.State.Id))!.State.Status);
    }

    private static async Task<ScriptHost> HostAsync(TransitionScripts guards, params ScriptDocument[] scripts)
    {
        var host = await ScriptHost.CreateAsync(scripts: scripts);
        var workflow = host.Get<WorkflowDocument>("incident");
        host.Add(Guarded(workflow, "resolve", guards));
        return host;
    }

    private static WorkflowDocument Guarded(WorkflowDocument workflow, string transition, TransitionScripts scripts) =>
        workflow with
        {
            Transitions = workflow
                .Transitions.Select(way => way.Id == transition ? way with { Scripts = scripts } : way)
                .ToValueList(),
        };

    private static Task<GrainAnswer> ResolveAsync(ScriptHost host, TicketSnapshot ticket, string? resolution = null) =>
        host.Host.Grains.SendAsync(ticket.State.Id, TestConfiguration.Transition("resolve", resolution));

    private static async Task<IEnumerable<string>> OfferedAsync(ScriptHost host, TicketSnapshot ticket)
    {
        var workflow = host.Get<WorkflowDocument>("incident");
        var ways = workflow.TransitionsFrom(ticket.State.Status).ToList();
        return (await host.Host.Get<ScriptGuards>().OfferedAsync(ticket, ways, CancellationToken.None)).Select(w =>
            w.Id
        );
    }
}
