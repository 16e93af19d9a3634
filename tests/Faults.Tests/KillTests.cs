using System.Globalization;

namespace ServiceDesk.Faults.Tests;

/// <summary>
/// The server is killed at random moments under load, again and again. Afterwards every command that was acknowledged is
/// there once, nothing is there half, and every timer that fell due meanwhile took effect once.
/// </summary>
public abstract class KillTests
{
    private const int Clients = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Together over a hundred on both databases; more on demand.
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("SERVICEDESK_FAULT_KILLS") ?? "55",
        CultureInfo.InvariantCulture
    );

    protected static async Task NothingAcknowledgedIsLostAsync(Installation installation, ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, Clients)
            .Select(client => new LoadClient(installation, ledger, $"c{client}", numbers.Fork()).RunAsync(stop.Token))
            .ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await installation.StartAsync();
            await AwaitMomentAsync(ledger, numbers, clients);
            await server.KillAsync();
        }

        await using var last = await installation.StartAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await CheckAsync(installation, ledger, seed);
        Assert.Equal(0, await last.StopAsync());
    }

    // In the middle of work: counted in acts, since a slow machine would else be killed before it did any. One in six dies
    // right after it began to listen, while timers and reactions still wake up.
    private static async Task AwaitMomentAsync(Ledger ledger, SeededNumbers numbers, List<Task> clients)
    {
        if (numbers.Below(6) > 0)
        {
            await Task.WhenAny([ledger.ReachAsync(numbers.Between(1, 30)), .. clients]).WaitAsync(Patience);
        }

        await Task.Delay(numbers.Between(0, 60), CancellationToken.None);
    }

    private static async Task CheckAsync(Installation installation, Ledger ledger, ulong seed)
    {
        var tickets = await new Audit(installation).ReadAsync();
        Assert.True(
            ledger.Acknowledged.Count > Kills,
            $"Only {ledger.Acknowledged.Count} acts were done, seed {seed}."
        );
        Audit.HoldAgainst(ledger, tickets);
        Audit.HoldPromises(tickets);
        var verified = await installation.RunAsync("verify");
        Assert.True(verified.Exit == 0, $"Seed {seed}:\n{verified.Output}\n{verified.Error}");
    }
}

public sealed class KillOnSqliteTests : KillTests
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_on_SQLite()
    {
        await using var installation = await Installation.CreateAsync();
        await NothingAcknowledgedIsLostAsync(installation, 20261122);
    }
}

public sealed class KillOnPostgreSqlTests : KillTests
{
    [PostgreSqlFact]
    public async Task Nothing_acknowledged_is_lost_on_PostgreSQL()
    {
        await using var database = await OwnPostgreSql.StartAsync();
        await using var installation = await Installation.CreateAsync(database.Connection);
        await NothingAcknowledgedIsLostAsync(installation, 20261123);
    }
}
