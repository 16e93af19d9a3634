using System.Net;

namespace ServiceDesk.Faults.Tests;

public sealed class DatabaseRestartTests
{
    private const int Restarts = 5;

    [PostgreSqlFact]
    public async Task A_database_that_crashes_and_recovers_costs_503_and_nothing_else()
    {
        await using var database = await OwnPostgreSql.StartAsync();
        await using var installation = await Installation.CreateAsync(database.Connection);
        await using var server = await installation.StartAsync();
        var numbers = new SeededNumbers(20261124);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, 4)
            .Select(client => new LoadClient(installation, ledger, $"c{client}", numbers.Fork()).RunAsync(stop.Token))
            .ToList();
        for (var restart = 0; restart < Restarts; restart++)
        {
            var before = ledger.Acknowledged.Count;
            await database.CrashAndRecoverAsync();
            await AcknowledgedAsync(ledger, before + 20, clients, server);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        var tickets = await new Audit(installation).ReadAsync();
        Audit.HoldAgainst(ledger, tickets);
        Audit.HoldPromises(tickets);
        var verified = await installation.RunAsync("verify");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    [PostgreSqlFact]
    public async Task A_server_without_its_database_is_alive_and_not_ready_until_it_comes_back()
    {
        await using var database = await OwnPostgreSql.StartAsync();
        await using var installation = await Installation.CreateAsync(database.Connection);
        await using var server = await installation.StartAsync();
        using var client = installation.Client();
        await ReadyAsync(client);

        await database.StopAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready"), await AskAsync(client, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "alive"), await AskAsync(client, "/health/live"));

        await database.StartAgainAsync();
        await ReadyAsync(client);
    }

    // A busy machine may need more than the look of one check.
    private static async Task ReadyAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (await AskAsync(client, "/health/ready") != (HttpStatusCode.OK, "ready"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    private static async Task<(HttpStatusCode, string)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // The clients ask on: the server must come back by itself.
    private static async Task AcknowledgedAsync(Ledger ledger, int count, List<Task> clients, ServerProcess server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (ledger.Acknowledged.Count < count)
        {
            Assert.False(limit.IsCancellationRequested, "The server did not come back after its database did.");
            var failure = clients.Find(client => client.IsFaulted)?.Exception;
            Assert.True(failure is null, $"{failure}\n{server.Said}");

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
