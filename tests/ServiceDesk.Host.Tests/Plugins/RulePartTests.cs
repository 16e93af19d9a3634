using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>What plugins bring for rules: triggers, actions, relations and the values that they take.</summary>
public sealed class RulePartTests : IAsyncLifetime
{
    private readonly PluginYard yard = new("good", "throws-in-handler");
    private ServiceDeskServer server = null!;
    private Person customer = null!;

    public async Task InitializeAsync()
    {
        yard.InstallShipped("incidents");
        server = await ServiceDeskServer.StartAsync(new ServerSetup { PluginFolder = yard.Installed });
        customer = await server.PersonAsync("Kim Minji", "customer");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        yard.Dispose();
    }

    [Fact]
    public async Task A_plugins_trigger_action_and_relation_work_in_a_rule()
    {
        var oldest = await server.OpenAsync(customer, "Oldest");
        await SaveAsync(
            Rule("praise", new RuleTrigger { On = "opened" }, Praise("bravo")),
            Rule(
                "answer",
                new RuleTrigger { On = "good.praised", With = Word("bravo") },
                new RuleAction
                {
                    Do = "comment",
                    Text = LocalizedText.Of("{{trigger.key}} was praised"),
                    For = new RuleTarget("good.oldest"),
                }
            ),
            Rule("never", new RuleTrigger { On = "good.praised", With = Word("thanks") }, Praise("thanks"))
        );

        var ticket = await server.OpenAsync(customer, "Praise me");

        await server.UntilAsync(async () => (await RunsAsync("answer")).Count == 1);
        var run = (await RunsAsync("answer"))[0];
        Assert.Equal((ticket.Id, oldest.Id), (run.Ticket, run.Detail.Actions[0].On));
        Assert.Equal(1, (await server.Tickets.GetAsync(oldest.Id))!.State.InternalNotes);
        Assert.Empty(await RunsAsync("never"));
    }

    [Fact]
    public async Task A_value_that_is_none_of_the_choices_is_refused()
    {
        var outcome = await WriteAsync(Rule("wrong", new RuleTrigger { On = "opened" }, Praise("hurray")));

        var problem = Assert.Single(outcome.Problems).Problem;
        Assert.Equal(("/then/0/with/word", "configuration.rule-choice-unknown"), (problem.Path, problem.Code));
    }

    [Fact]
    public async Task What_throws_is_counted_and_stops_nothing_else()
    {
        await SaveAsync(
            Rule("thrown", new RuleTrigger { On = "throws-in-handler.trigger" }, Label("never")),
            Rule(
                "goes-on",
                new RuleTrigger { On = "opened" },
                new RuleAction { Do = "throws-in-handler.action" },
                Label("x") with
                {
                    For = new RuleTarget("throws-in-handler.relation"),
                },
                Label("done")
            )
        );

        var ticket = await server.OpenAsync(customer, "rules");

        await server.UntilAsync(async () => (await RunsAsync("goes-on")).Count == 1);
        var run = (await RunsAsync("goes-on"))[0];
        Assert.Equal(
            [ActionStatus.Refused, ActionStatus.Nothing, ActionStatus.Done],
            run.Detail.Actions.Select(action => action.Status)
        );
        Assert.Equal(["done"], (await server.Tickets.GetAsync(ticket.Id))!.State.Labels);
        var failed = server.Plugins.Find("throws-in-handler")!.Health.Handlers.Select(handler => handler.Handler);
        Assert.Superset(
            new HashSet<string>
            {
                "rule trigger throws-in-handler.trigger",
                "rule action throws-in-handler.action",
                "relation throws-in-handler.relation",
            },
            failed.ToHashSet()
        );
    }

    private Task<IReadOnlyList<RuleRun>> RunsAsync(string rule) =>
        server
            .Services.GetRequiredService<IRuleRuns>()
            .FindAsync(new RuleRunQuestion { Rule = rule }, 10, CancellationToken.None);

    private async Task SaveAsync(params RuleDocument[] rules)
    {
        foreach (var rule in rules)
        {
            var outcome = await WriteAsync(rule);
            Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
        }
    }

    private Task<ConfigurationOutcome> WriteAsync(RuleDocument rule) =>
        server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                server.Services.GetRequiredService<DocumentText>().ToYaml(rule),
                null,
                new ConfigurationAuthor(null, "test", null)
            );

    private static RuleDocument Rule(string id, RuleTrigger when, params ReadOnlySpan<RuleAction> then) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            When = [when],
            Then = ValueList.Create(then),
        };

    private static RuleAction Praise(string word) => new() { Do = "good.praise", With = Word(word) };

    private static RuleAction Label(string label) => new() { Do = "edit", AddLabels = [label] };

    private static ValueMap<string> Word(string word) => ValueMap<string>.Empty.SetItem("word", word);
}
