using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;

namespace ServiceDesk.Crm.Tests;

/// <summary>A ticket learns for whom it is worked, and the SLA and queries ask it.</summary>
public sealed class CoverTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_new_ticket_has_account_contract_and_plan_and_the_policy_of_the_plan(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.GoldPolicyAsync();
        await world.AccountAsync();
        await world.ContractAsync();

        var gold = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var other = await world.Server.OpenAsync(world.Stranger, "Printer smokes");

        var cover = gold.Cover();
        Assert.Equal(("hanbit", "HB-1", "gold", false), (cover.AccountKey, cover.Number, cover.Plan, cover.ByHand));
        Assert.Equal(TicketCover.None, other.Cover());
        var clock = (await world.Server.Tickets.GetAsync(gold.Id))!.Clocks.Single(one =>
            one.Metric == "time-to-resolution"
        );
        Assert.Equal(("gold", 1d), (clock.Policy.Id, clock.Target.TotalHours));
        Assert.Equal(gold.CreatedAt, clock.StartedAt);
        var others = (await world.Server.Tickets.GetAsync(other.Id))!.Clocks;
        Assert.DoesNotContain(others, one => one.Policy.Id == "gold");
        foreach (
            var query in (string[])
                [
                    "plan = gold",
                    "plan = \"GOLD\"",
                    "account = hanbit",
                    "contract = \"HB-1\"",
                    "contract ~ \"hb-\"",
                    "account in (hanbit, nobody)",
                    "plan IS NOT EMPTY",
                ]
        )
        {
            Assert.Equal([gold.Key.ToString()], await world.FindAsync(query));
        }

        Assert.Equal([other.Key.ToString()], await world.FindAsync("account IS EMPTY"));
    }

    [Fact]
    public async Task A_contract_of_the_account_above_covers_and_one_out_of_its_period_does_not()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync("holding", "Holding", "");
        await world.AccountAsync("hanbit", "한빛그룹", "hanbit", "holding");
        await world.ContractAsync(
            CrmWorld.Gold("OLD", "hanbit") with
            {
                StartsOn = "2026-06-01",
                EndsOn = "2026-12-31",
            }
        );
        await world.ContractAsync(CrmWorld.Gold("ABOVE", "holding"));

        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        Assert.Equal(("hanbit", "ABOVE"), (ticket.Cover().AccountKey, ticket.Cover().Number));
    }

    [Fact]
    public async Task An_agent_chooses_another_contract_with_history_and_the_clock_follows()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.GoldPolicyAsync();
        await world.AccountAsync();
        await world.AccountAsync("daon", "다온로지스", "daon");
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var id = await world.ContractAsync();

        var chosen = await world.Server.SendAsync(world.Agent, ticket.Id, new ChooseCover("", "HB-1"));

        Assert.True(chosen.IsAccepted, chosen.Refusals.ToString());
        Assert.Equal(("HB-1", true), (chosen.Ticket!.State.Cover().Number, chosen.Ticket.State.Cover().ByHand));
        Assert.Equal("gold", chosen.Ticket.Clocks.Single(one => one.Metric == "time-to-resolution").Policy.Id);
        Assert.Empty((await world.Server.SendAsync(world.Agent, ticket.Id, new ChooseCover("", "HB-1"))).Events);
        var wrong = await world.Server.SendAsync(world.Agent, ticket.Id, new ChooseCover("daon", "HB-1"));
        Assert.Equal("crm.refusal.no-contract", wrong.Refusals[0].Code);
        await world
            .Get<Writing.ContractWriting>()
            .MoveAsync(await world.Server.ViewerAsync(world.Admin), id, ContractState.Cancelled, default);
        var over = await world.Server.SendAsync(world.Agent, ticket.Id, new ChooseCover("hanbit", "HB-1"));
        Assert.Equal("crm.refusal.contract-not-active", over.Refusals[0].Code);
        var customer = await world.Server.SendAsync(world.Customer, ticket.Id, new ChooseCover("", ""));
        Assert.False(customer.IsAccepted);

        using var client = world.Server.ClientOf(world.Agent);
        var history = await client.GetStringAsync($"/workspace/tickets/{ticket.Key}?tab=history");
        Assert.Contains(
            "set the account to 한빛그룹 and the contract to HB-1 (gold)",
            System.Net.WebUtility.HtmlDecode(history),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_panel_tells_agents_everything_and_the_portal_a_few_words_to_the_own_people()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync();
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        using var agent = world.Server.ClientOf(world.Agent);
        using var customer = world.Server.ClientOf(world.Customer);

        var page = await agent.GetStringAsync($"/workspace/tickets/{ticket.Key}");
        var request = await customer.GetStringAsync($"/portal/requests/{ticket.Key}");

        Assert.True(world.Server.Plugins.Find("crm")!.Health.Handlers.Count == 0, world.Server.Log);
        Assert.Contains("id=\"crm-panel\"", page, StringComparison.Ordinal);
        Assert.Contains("HB-1", page, StringComparison.Ordinal);
        Assert.Contains("id=\"crm-portal\"", request, StringComparison.Ordinal);
        Assert.Contains("10h left", request, StringComparison.Ordinal);
        Assert.DoesNotContain("HB-1", request, StringComparison.Ordinal);
        Assert.DoesNotContain("0.5%", request, StringComparison.Ordinal);
    }
}
