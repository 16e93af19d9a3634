using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Tests;

public sealed class LinksContract(ContractServers servers) : PluginContractTests<LinksPlugin>(servers)
{
    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var agent = await server.PersonAsync("Contract Agent", "agent");
        var other = await server.OpenAsync(agent, "The other one");
        var answer = await server.SendAsync(
            agent,
            ticket.Id,
            new ChangeTicket([
                new LinkTickets("blocks", LinkDirection.Outward, other.Key),
                new LinkPage("https://example.com/", ""),
            ])
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
