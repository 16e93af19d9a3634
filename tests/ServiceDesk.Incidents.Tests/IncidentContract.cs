using ServiceDesk.Incidents.Major;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Tests;

public sealed class IncidentContract(ContractServers servers) : PluginContractTests<IncidentsPlugin>(servers)
{
    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var agent = await server.PersonAsync("Contract Agent", "agent");
        var answer = await server.SendAsync(agent, ticket.Id, new DeclareMajor("We know of it."));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
