using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;

namespace ServiceDesk.Crm.Tests;

/// <summary>A ticket's product decides which promise holds, and the contract follows when product, desk or mind change.</summary>
public sealed class ProductTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_promise_for_a_product_holds_for_its_tickets_alone_with_plan_and_policy(
        DatabaseProvider provider
    )
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await ProductsAsync(world);
        await world.GoldPolicyAsync();
        await world.AccountAsync();
        await world.ContractAsync(Mixed());

        var plain = await OpenAsync(world, null);
        var vpn = await OpenAsync(world, "vpn");

        Assert.Equal(("HB-1", "silver"), (plain.Cover().Number, plain.Cover().Plan));
        Assert.Equal(("HB-1", "gold"), (vpn.Cover().Number, vpn.Cover().Plan));
        Assert.DoesNotContain("gold", await PoliciesAsync(world, plain));
        Assert.Contains("gold", await PoliciesAsync(world, vpn));
        Assert.Equal([vpn.Key.ToString()], await world.FindAsync("product = vpn"));

        // Said later by an agent, the plan and the running clock follow; taken away, they go back.
        var edited = await EditAsync(world, plain, "vpn");
        Assert.Equal(("gold", false), (edited.Cover().Plan, edited.Cover().ByHand));
        Assert.Contains("gold", await PoliciesAsync(world, plain));
        Assert.Equal("silver", (await EditAsync(world, plain, null)).Cover().Plan);
        Assert.Equal("silver", (await EditAsync(world, plain, "mail")).Cover().Plan);
    }

    [Fact]
    public async Task A_contract_that_was_chosen_by_hand_stays_and_its_plan_follows_the_product()
    {
        await using var world = await CrmWorld.CreateAsync();
        await ProductsAsync(world);
        await world.AccountAsync();
        await world.ContractAsync(CrmWorld.Gold("HB-9") with { StartsOn = "2026-02-01" });
        await world.ContractAsync(Mixed());
        var ticket = await OpenAsync(world, null);
        Assert.Equal("HB-9", ticket.Cover().Number);
        var chosen = await world.Server.SendAsync(world.Agent, ticket.Id, new ChooseCover("hanbit", "HB-1"));
        Assert.True(chosen.IsAccepted, chosen.Refusals.ToString());

        var edited = await EditAsync(world, ticket, "vpn");
        Assert.Equal(("HB-1", "gold", true), (edited.Cover().Number, edited.Cover().Plan, edited.Cover().ByHand));

        // Found again by the requester: the choice by hand ends.
        var customer = await world.Server.SendAsync(world.Customer, ticket.Id, new FindCover());
        Assert.False(customer.IsAccepted);
        using var client = world.Server.ClientOf(world.Agent);
        var found = await client.DeleteAsync($"/api/v1/plugins/crm/tickets/{ticket.Key}/cover");
        var cover = await found.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(found.StatusCode == HttpStatusCode.OK, $"{cover}");
        Assert.Equal(
            ("HB-1", "gold", "vpn", false),
            (
                cover.GetProperty("contract").GetString(),
                cover.GetProperty("plan").GetString(),
                cover.GetProperty("product").GetString(),
                cover.GetProperty("byHand").GetBoolean()
            )
        );
        Assert.Equal("HB-9", (await EditAsync(world, ticket, null)).Cover().Number);
    }

    [Fact]
    public async Task An_agent_corrects_account_and_contract_of_an_old_ticket_and_the_history_names_the_agent()
    {
        await using var world = await CrmWorld.CreateAsync();
        var ticket = await world.Server.OpenAsync(world.Customer, "Before anybody wrote down the account");
        Assert.Equal(TicketCover.None, ticket.Cover());
        await world.AccountAsync();
        await world.ContractAsync();

        var found = await world.Server.SendAsync(world.Agent, ticket.Id, new FindCover());
        Assert.True(found.IsAccepted, found.Refusals.ToString());
        Assert.Equal(("hanbit", "HB-1", false), Shown(found.Ticket!.State));
        Assert.Empty((await world.Server.SendAsync(world.Agent, ticket.Id, new FindCover())).Events);
        Assert.Equal(world.Agent.Id, found.Events[0].Actor.Person);
        using var client = world.Server.ClientOf(world.Agent);
        var history = WebUtility.HtmlDecode(
            await client.GetStringAsync($"/workspace/tickets/{ticket.Key}?tab=history")
        );
        Assert.Contains("set the account to 한빛그룹 and the contract to HB-1", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_that_moves_to_another_desk_gets_the_promise_of_that_desk()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.DocumentAsync(
            """
            kind: desk
            id: FAC
            name: Facilities
            types:
              - incident
            """
        );
        await world.AccountAsync();
        await world.ContractAsync(
            CrmWorld.Gold() with
            {
                Entitlements = [new Entitlement("gold", "", ["FAC"], []), new Entitlement("silver", "", ["ITSD"], [])],
            }
        );
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        Assert.Equal("silver", ticket.Cover().Plan);

        var moved = await world.Server.SendAsync(world.Admin, ticket.Id, new MoveTicket("FAC", null));

        Assert.True(moved.IsAccepted, moved.Refusals.ToString());
        Assert.Equal("gold", moved.Ticket!.State.Cover().Plan);
    }

    [Fact]
    public async Task The_products_page_makes_the_field_and_the_panel_sets_it()
    {
        await using var world = await CrmWorld.CreateAsync();
        await ProductsAsync(world);
        await world.AccountAsync();
        await world.ContractAsync(Mixed());
        var ticket = await OpenAsync(world, "vpn");
        var viewer = await world.Server.ViewerAsync(world.Admin);
        CrmWorld.Done(
            await world.Get<ProductWriting>().SaveAsync(viewer, null, new ProductInput("erp", "ERP"), null, default)
        );
        using var admin = world.Server.ClientOf(world.Admin);
        using var agent = world.Server.ClientOf(world.Agent);

        Assert.Contains(
            "not offer yet: ERP",
            await admin.GetStringAsync("/plugins/crm/products"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "not offer yet",
            await agent.GetStringAsync("/plugins/crm/products"),
            StringComparison.Ordinal
        );
        var refused = await world
            .Get<ProductOffering>()
            .OfferAsync(await world.Server.ViewerAsync(world.Agent), default);
        Assert.NotEmpty(refused);
        var page = await agent.GetStringAsync($"/workspace/tickets/{ticket.Key}");
        Assert.Contains("<option value=\"vpn\" selected", page, StringComparison.Ordinal);
        Assert.Contains("handler=Find", page, StringComparison.Ordinal);
    }

    private static (string, string, bool) Shown(TicketState ticket) =>
        (ticket.Cover().AccountKey, ticket.Cover().Number, ticket.Cover().ByHand);

    // Silver for everything, gold for the VPN.
    private static ContractInput Mixed() =>
        CrmWorld.Gold() with
        {
            Entitlements = [new Entitlement("silver", "", [], []), new Entitlement("gold", "", [], ["vpn"])],
        };

    private static async Task ProductsAsync(CrmWorld world)
    {
        var viewer = await world.Server.ViewerAsync(world.Admin);
        foreach (var (key, name) in new[] { ("vpn", "VPN"), ("mail", "Mail") })
        {
            CrmWorld.Done(
                await world.Get<ProductWriting>().SaveAsync(viewer, null, new ProductInput(key, name), null, default)
            );
        }

        var refusals = await world.Get<ProductOffering>().OfferAsync(viewer, default);
        Assert.True(refusals.Count == 0, refusals.ToString());
    }

    private static async Task<TicketState> OpenAsync(CrmWorld world, string? product)
    {
        var fields = ValueMap<FieldValue>.Empty;
        var open = new OpenTicket(
            "ITSD",
            "incident",
            null,
            $"About {product}",
            "",
            world.Customer.Id,
            null,
            null,
            product is null ? fields : fields.SetItem("product", new ChoiceValue(product)),
            Channel.Api
        );
        var viewer = await world.Server.ViewerAsync(world.Agent);
        var answer = await world.Server.Tickets.OpenAsync(CommandEnvelope.By(viewer, open));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private static async Task<TicketState> EditAsync(CrmWorld world, TicketState ticket, string? product)
    {
        var fields = ValueMap<FieldValue?>.Empty.SetItem("product", product is null ? null : new ChoiceValue(product));
        var answer = await world.Server.SendAsync(world.Agent, ticket.Id, new EditTicket(Fields: fields));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private static async Task<IEnumerable<string>> PoliciesAsync(CrmWorld world, TicketState ticket) =>
        (await world.Server.Tickets.GetAsync(ticket.Id))!.Clocks.Select(clock => clock.Policy.Id);
}
