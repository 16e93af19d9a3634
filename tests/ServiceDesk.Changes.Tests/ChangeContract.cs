using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Changes.Tests;

public sealed class ChangeContract(ContractServers servers) : PluginContractTests<ChangesPlugin>(servers)
{
    protected override string TicketType => ChangesPlugin.Type;

    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var agent = await server.PersonAsync("Contract Agent", "agent");
        var answer = await server.SendAsync(agent, ticket.Id, new AssessRisk(Planned.Answers()));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
