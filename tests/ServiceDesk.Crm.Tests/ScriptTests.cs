using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Api;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
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
