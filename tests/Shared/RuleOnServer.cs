using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Tests.Shared;

/// <summary>Rules on the server of a test: written, started by hand, and run once more as after a stop in the middle.</summary>
internal sealed class RuleOnServer(ServiceDeskServer server)
{
    private int rules;

    /// <summary>What became of actions that a rule does to a ticket, each result once. It is run twice.</summary>
    /// <param name="starts">Who starts the rule.</param>
    /// <param name="actor">As whom it acts; null is the rule itself.</param>
    public async Task<ValueList<ActionResult>> DoAsync(
        Person starts,
        TicketState ticket,
        Person? actor,
        params RuleAction[] then
    )
    {
        var rule = new RuleDocument
        {
            Id = $"rule-{++rules}",
            Name = LocalizedText.Of("Rule"),
            When = [new RuleTrigger { On = "manual" }],
            Then = then.ToValueList(),
            Actor = actor?.Email,
        };
        await SaveAsync(rule);
        var called = await server.SendAsync(starts, ticket.Id, new CallRule(rule.Id));
        Assert.True(called.IsAccepted, called.Refusals.ToString());
        await server.UntilAsync(async () => (await RunsAsync(rule.Id)).Count == 1);
        var run = (await RunsAsync(rule.Id))[0];
        await AgainAsync(rule, run, ticket.Id);
        return run.Detail.Actions;
    }

    /// <summary>Writes a document.</summary>
    public async Task SaveAsync(ConfigurationDocument document)
    {
        var outcome = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                server.Services.GetRequiredService<DocumentText>().ToYaml(document),
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    /// <summary>Publishes a recipe as it is, with what it leaves open filled in.</summary>
    /// <param name="team">The name of the team to which it assigns.</param>
    public Task TakeAsync(string recipe, string? team = null)
    {
        var rule = server
            .Services.GetRequiredService<RuleRecipes>()
            .Find(recipe, server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot)!;
        return SaveAsync(
            rule with
            {
                Then = rule
                    .Then.Select(action =>
                        action is { Do: ActionWords.Assign, Assignee: null, Team: null }
                            ? action with
                            {
                                Team = team,
                            }
                            : action
                    )
                    .ToValueList(),
            }
        );
    }

    /// <summary>What a rule did, the newest run first.</summary>
    public Task<IReadOnlyList<RuleRun>> RunsAsync(string rule) =>
        server
            .Services.GetRequiredService<IRuleRuns>()
            .FindAsync(new RuleRunQuestion { Rule = rule }, 10, CancellationToken.None);

    private async Task AgainAsync(RuleDocument rule, RuleRun run, TicketId ticket)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var occasion = new RuleOccasion(
            rule,
            rule.When[0],
            run.Occasion,
            null,
            (await server.Tickets.GetAsync(ticket))!,
            server.Services.GetRequiredService<IClock>().GetCurrentInstant(),
            server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot
        );
        await scope.ServiceProvider.GetRequiredService<RuleRunner>().RunAsync(occasion, CancellationToken.None);
    }
}
