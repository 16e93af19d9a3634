using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Requests.Tests;

public sealed class RequestContract(ContractServers servers) : PluginContractTests<RequestsPlugin>(servers)
{
    protected override string TicketType => "service-request";
}
