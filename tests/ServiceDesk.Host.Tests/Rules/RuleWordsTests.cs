using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>What the ticket's tab says about rules.</summary>
public sealed class RuleWordsTests
{
    private const string Everything =
        "priority < high AND category = new AND type = incident AND desk = ITSD AND status = new AND channel = api "
        + "AND (assignee IS EMPTY OR team IS EMPTY) AND created <= now() AND remaining > 1m "
        + "AND sla(\"Time to resolution\") > 1m AND requester IS NOT EMPTY AND NOT label = fire AND summary ~ printer";

    [Theory]
    [InlineData("en", "was Medium")]
    [InlineData("ko", "실제 값: 보통")]
    public async Task Every_kind_of_condition_is_told_with_what_the_ticket_had(string language, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("all", "opened", Label("x")) with
            {
                Condition = Everything,
            }
        );
        var ticket = (await host.OpenAsync()).State;
        await ReactAsync(host);

        var view = await ViewAsync(host, ticket.Id);

        var line = Assert.Single(view.Runs);
        Assert.Equal(RuleOutcome.Then, line.Run.Outcome);
        Assert.Equal(expected, line.Truth[1].Actual);
        Assert.Equal(0, line.Truth[0].Depth);
        Assert.All(line.Truth, part => Assert.DoesNotContain('[', part.Text + part.Actual));
        Assert.Single(line.Actions);
    }

    [Fact]
    public async Task Why_a_rule_did_not_act_is_answered()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await using var host = await HostAsync(
            DatabaseProvider.Sqlite,
            null,
            Rule("a-unmet", "opened", Label("x")) with
            {
                Condition = "priority = critical",
            },
            Rule("b-never", "sla-breached", Label("x")),
            Rule("c-off", "opened", Label("x")) with
            {
                Enabled = false,
            },
            Rule("d-elsewhere", "opened", Label("x")) with
            {
                Desks = ["HR"],
            },
            Rule("e-waits", "opened", Label("x")) with
            {
                When = [new RuleTrigger { On = "opened", After = Duration.FromHours(2) }],
            },
            Rule("f-refused", "opened", new RuleAction { Do = "transition", To = "closed" }),
            Rule("g-did", "opened", Label("y")),
            Rule("h-by-hand", "manual", Label("z"))
        );
        var ticket = (await host.OpenAsync()).State;
        await ReactAsync(host);

        var view = await ViewAsync(host, ticket.Id);

        var answers = view.Answers.ToDictionary(entry => entry.Rule.Id, entry => entry.Answer, StringComparer.Ordinal);
        Assert.EndsWith("did not hold: priority = critical (was Medium)", answers["a-unmet"], StringComparison.Ordinal);
        Assert.Equal("Nothing set it off here. It waits for: the clock “any” passes its target.", answers["b-never"]);
        Assert.Equal("It is switched off.", answers["c-off"]);
        Assert.Equal("It is for other desks: HR.", answers["d-elsewhere"]);
        Assert.StartsWith("It waits until", answers["e-waits"], StringComparison.Ordinal);
        Assert.Contains("but was refused:", answers["f-refused"], StringComparison.Ordinal);
        Assert.StartsWith("It acted last", answers["g-did"], StringComparison.Ordinal);
        Assert.Equal(["h-by-hand"], view.Callable.Select(rule => rule.Id));
    }

    private static async Task<AutomationView> ViewAsync(HostUnderTest host, TicketId ticket)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<TicketAutomation>()
            .ReadAsync(await NowAsync(host, ticket), CancellationToken.None);
    }
}
