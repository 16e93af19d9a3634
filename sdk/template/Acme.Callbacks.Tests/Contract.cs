using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace Acme.Callbacks.Tests;

/// <summary>What every plugin owes the product: it loads, its events stay readable, its sentences are complete, and more.</summary>
public sealed class Contract(ContractServers servers) : PluginContractTests<Plugin>(servers)
{
    /// <summary>Gives the ticket a facet, so that the contract can be tried on it.</summary>
    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var agent = await server.PersonAsync("Contract Agent", "agent");
        var answer = await server.SendAsync(agent, ticket.Id, new PromiseCallback("02-312-0000"));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
