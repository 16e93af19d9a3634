using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tests;

public sealed class CrmContract(ContractServers servers) : PluginContractTests<CrmPlugin>(servers)
{
    protected override async Task TouchAsync(ServiceDeskServer server, TicketState ticket)
    {
        var admin = await server.PersonAsync("Contract Admin", "administrator");
        var made = await server
            .Services.GetRequiredService<AccountWriting>()
            .SaveAsync(await server.ViewerAsync(admin), null, new AccountInput("acme", "Acme"), null, default);
        Assert.True(made.IsDone, made.Refusals.ToString());
        var answer = await server.SendAsync(admin, ticket.Id, new ChooseCover("acme", ""));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }
}
