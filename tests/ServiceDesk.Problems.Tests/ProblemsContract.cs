using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.Tests;

public sealed class ProblemsContract(ContractServers servers) : PluginContractTests<ProblemsPlugin>(servers)
{
    protected override string TicketType => ProblemsPlugin.Type;

    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var agent = await server.PersonAsync("Contract Agent", "agent");
        var describe = new DescribeProblem(true, "Restart the client.", true, "Too few sessions.");
        var answer = await server.SendAsync(agent, ticket.Id, describe);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
