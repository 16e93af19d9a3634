using ServiceDesk.Core.Automation;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Crm.Tests;

/// <summary>What rules do with contracts.</summary>
public sealed class CrmRuleTests
{
    [Fact]
    public async Task A_rule_books_once_in_the_budgets_unit_as_a_person_who_may_and_chooses_and_finds_the_contract()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var contract = await world.ContractAsync();
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var rules = new RuleOnServer(world.Server);

        var booked = await rules.DoAsync(
            world.Agent,
            ticket,
            world.Agent,
            Book("hours", "1:30", "{{ticket.key}}"),
            Book("tickets", "1"),
            Book("hours", "much")
        );
        var byCustomer = await rules.DoAsync(world.Agent, ticket, world.Customer, Book("hours", "1"));
        await world.UntilEnteredAsync(contract, 1);

        Assert.Equal(
            ["", "crm.refusal.other-unit", "crm.refusal.bad-amount"],
            booked.Select(result => result.Refusals.Count == 0 ? "" : result.Refusals[0].Code)
        );
        Assert.Equal(ActionStatus.Refused, Assert.Single(byCustomer).Status);
        var detail = await world.DetailAsync(contract);
        Assert.Equal([(90L, ticket.Key.ToString())], detail.Ledger.Select(entry => (entry.Amount, entry.Note)));

        await rules.DoAsync(world.Agent, ticket, null, Do("crm.choose", ("account", "Hanbit")));
        Assert.Equal(
            (null, true),
            ((await world.StateAsync(ticket)).Cover()) switch
            {
                var cover => (cover.Contract, cover.ByHand),
            }
        );
        await rules.DoAsync(world.Agent, ticket, null, Do("crm.find"));
        Assert.Equal("HB-1", (await world.StateAsync(ticket)).Cover().Number);
    }

    [Fact]
    public async Task The_recipe_for_VIPs_routes_customers_of_the_plan_and_nobody_else()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync();
        var team = await world.Get<IPeopleStore>().CreateTeamAsync("Gold team");
        var rules = new RuleOnServer(world.Server);
        await rules.TakeAsync("vip-by-plan", "Gold team");

        var gold = await world.Server.OpenAsync(world.Customer, "Printer burns", priority: Priority.Low);
        var other = await world.Server.OpenAsync(world.Stranger, "Printer burns", priority: Priority.Low);
        await world.Server.UntilAsync(async () => (await rules.RunsAsync("vip-by-plan")).Count == 2);

        var routed = await world.StateAsync(gold);
        Assert.Equal((Priority.High, team.Id), (routed.Priority, routed.Team));
        var left = await world.StateAsync(other);
        Assert.Equal((Priority.Low, null), (left.Priority, left.Team));
    }

    private static RuleAction Book(string unit, string amount, string note = "") =>
        Do("crm.book", ("unit", unit), ("amount", amount), ("note", note));

    private static RuleAction Do(string word, params (string Name, string Value)[] with) =>
        new()
        {
            Do = word,
            With = ValueMap<string>.From(
                with.Where(one => one.Value.Length > 0).Select(one => KeyValuePair.Create(one.Name, one.Value))
            ),
        };
}
