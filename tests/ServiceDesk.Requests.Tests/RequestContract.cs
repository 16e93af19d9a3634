using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Requests.Tests;

public sealed class RequestContract : PluginContractTests<RequestsPlugin>
{
    protected override string TicketType => "service-request";
}
