using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Reports.Tests;

public sealed class ReportsContract(ContractServers servers) : PluginContractTests<ReportsPlugin>(servers);
