using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using Xunit;

namespace ServiceDesk.Sdk.Testing;

/// <summary>The servers that the contract tests of one class share: one for each database, started when it is first asked for.</summary>
public sealed class ContractServers : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, ContractServer> started = [];

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var one in started.Values)
        {
            await one.Server.DisposeAsync();
        }
    }

    // The tests of a class run one after the other.
    internal async Task<ContractServer> OfAsync(DatabaseProvider database)
    {
        if (!started.TryGetValue(database, out var found))
        {
            var server = await ServiceDeskServer.StartAsync(new ServerSetup { Database = database });
            started[database] = found = new ContractServer(server);
        }

        return found;
    }
}

/// <summary>A server with one ticket that carries the plugin's facet.</summary>
internal sealed class ContractServer(ServiceDeskServer server)
{
    private TicketId? touched;

    public ServiceDeskServer Server { get; } = server;

    public async Task<TicketState> TicketAsync(string type, Func<TicketState, Task> touchAsync)
    {
        if (touched is null)
        {
            var customer = await Server.PersonAsync("Contract Customer", "customer");
            var opened = await Server.OpenAsync(customer, "Tried by the contract", type);
            await touchAsync(opened);
            touched = opened.Id;
        }

        return (await Server.Tickets.GetAsync(touched.Value))!.State;
    }
}
