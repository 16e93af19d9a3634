using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Api;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tests;

/// <summary>What scripts find under <c>crm</c>.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task A_script_reads_account_and_penalty_and_books()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync();
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");

        var account = await CallAsync(world, "accountOf", ticket.Key.ToString());
        var contract = await CallAsync(world, "contractOf", ticket.Key.ToString());
        var left = await CallAsync(world, "book", ticket.Key.ToString(), new { hours = 1.5, note = "On site" });

        Assert.Equal("한빛그룹", account.GetProperty("name").GetString());
        Assert.Equal(
            ("0.5% a case", 0.5m, "gold"),
            (
                contract.GetProperty("penaltyTerms").GetString(),
                contract.GetProperty("penaltyRate").GetDecimal(),
                contract.GetProperty("plan").GetString()
            )
        );
        Assert.Equal((8.5m, "free"), (left.GetProperty("left").GetDecimal(), left.GetProperty("level").GetString()));
        Assert.Equal(90, (await world.StateAsync(ticket)).Cover().Booked[0].Amount);
        var refused = await Assert.ThrowsAsync<ScriptRefusedException>(() =>
            CallAsync(world, "book", ticket.Key.ToString(), new { hours = 0.0001 })
        );
        Assert.Equal("crm.refusal.bad-amount", refused.Refusals[0].Code);
    }

    [Fact]
    public async Task A_script_chooses_the_contract_by_hand_and_what_there_is_not_is_refused()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.ContractAsync();
        await world.ContractAsync(CrmWorld.Gold("HB-2") with { Name = "Second", StartsOn = "2026-01-02" });
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var other = (await world.StateAsync(ticket)).Cover().Number == "HB-1" ? "HB-2" : "HB-1";

        await world.Server.CallScriptAsync(world.Agent, "crm", "chooseContract", ticket.Key.ToString(), other);

        Assert.Equal(
            (other, true),
            ((await world.StateAsync(ticket)).Cover().Number, (await world.StateAsync(ticket)).Cover().ByHand)
        );
        await RefusedAsync(world, world.Agent, "chooseContract", ticket.Key.ToString(), "NONE-1");
        Assert.Equal(other, (await world.StateAsync(ticket)).Cover().Number);
    }

    [Fact]
    public async Task Each_function_acts_with_the_rights_of_its_person_and_another_organization_stays_hidden()
    {
        await using var world = await CrmWorld.CreateAsync();
        var (agent, _, _) = await AccessTests.TwoCompaniesAsync(world);
        var own = await world.Server.OpenAsync(world.Customer, "Printer burns", desk: "OWN");
        var hidden = await world.Server.OpenAsync(world.Stranger, "Printer burns");

        var account = await world.Server.CallScriptAsync(agent, "crm", "accountOf", own.Key.ToString());
        Assert.Equal("hanbit", account!.Value.GetProperty("key").GetString());
        foreach (
            var (function, arguments) in new (string, object?[])[]
            {
                ("accountOf", [hidden.Key.ToString()]),
                ("contractOf", [hidden.Key.ToString()]),
                ("book", [hidden.Key.ToString(), new { hours = 1 }]),
                ("chooseContract", [hidden.Key.ToString(), "CNRY-1"]),
                // What the person may not see cannot be chosen for what the person may.
                ("chooseContract", [own.Key.ToString(), "CNRY-1", "daon"]),
            }
        )
        {
            var why = await RefusedAsync(world, agent, function, arguments);
            Assert.DoesNotContain("CNRY content", why, StringComparison.Ordinal);
        }

        // A customer has none of the permissions, not even on the own ticket.
        foreach (var function in (string[])["accountOf", "contractOf"])
        {
            await RefusedAsync(world, world.Customer, function, own.Key.ToString());
        }

        await RefusedAsync(world, world.Customer, "book", own.Key.ToString(), new { hours = 1 });
        await RefusedAsync(world, world.Customer, "chooseContract", own.Key.ToString(), "CNRY-1");
        Assert.Empty((await world.StateAsync(hidden)).Cover().Booked);
    }

    private static async Task<string> RefusedAsync(
        CrmWorld world,
        Person person,
        string function,
        params object?[] arguments
    ) =>
        (
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                world.Server.CallScriptAsync(person, "crm", function, arguments)
            )
        ).Message;

    private static async Task<JsonElement> CallAsync(CrmWorld world, string name, params object[] arguments)
    {
        var function = CrmScripts.Module.Functions.Single(one => one.Name == name);
        var call = new Call(
            world,
            await world.Server.ViewerAsync(world.Agent),
            JsonSerializer.SerializeToElement(arguments)
        );
        return JsonSerializer.SerializeToElement(await function.RunAsync(call, default));
    }

    private sealed class Call(CrmWorld world, Viewer viewer, JsonElement arguments) : IScriptCall
    {
        public Viewer Viewer => viewer;

        public IServiceProvider Services => world.Server.Services;

        public JsonElement? Argument(int place) => place < arguments.GetArrayLength() ? arguments[place] : null;

        public string Text(int place) => Argument(place)?.GetString() ?? "";

        public ValueMap<FieldValue?> Fields(int place) => throw new NotSupportedException();

        public Task<TicketSnapshot> OpenAsync(OpenTicket command, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public async Task<TicketSnapshot> TicketAsync(string key, CancellationToken cancellation) =>
            await world
                .Get<Sdk.Queries.ITicketQueries>()
                .FindByKeyAsync(viewer, TicketKey.TryParse(key, out var parsed) ? parsed : default, cancellation)
            ?? throw new ScriptRefusedException(Refusal.NotFound("none"));

        public async Task<TicketSnapshot> SendAsync(
            TicketSnapshot ticket,
            TicketCommand command,
            CancellationToken cancellation
        )
        {
            var answer = await world.Server.SendAsync(world.Agent, ticket.State.Id, command);
            return answer.IsAccepted ? answer.Ticket! : throw new ScriptRefusedException(answer.Refusals);
        }
    }
}
