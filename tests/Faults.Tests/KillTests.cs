using System.Globalization;

namespace ServiceDesk.Faults.Tests;

/// <summary>
/// The server is killed at random moments under load, again and again. Afterwards every command that was acknowledged is
/// there once, nothing is there half, and every timer that fell due meanwhile took effect once.
/// </summary>
public abstract class KillTests
{
    private const int Clients = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // Together over a hundred on both databases; more on demand.
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("SERVICEDESK_FAULT_KILLS") ?? "50",
        CultureInfo.InvariantCulture
    );

    protected static async Task NothingAcknowledgedIsLostAsync(Installation installation, ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        var clients = Load(installation, ledger, numbers, stop.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await installation.StartAsync();
            await AwaitMomentAsync(ledger, numbers, clients);
            await server.KillAsync();
        }

        await using var last = await installation.StartAsync();
        await EndAsync(clients, stop);
        await CheckAsync(installation, ledger, seed, Kills);
        Assert.Equal(0, await last.StopAsync());
    }

    /// <summary>Two servers on one database: again and again one is killed while the other works on, and started again.</summary>
    protected static async Task TheOtherWorksOnAsync(Installation installation, ulong seed, int kills)
    {
        var numbers = new SeededNumbers(seed);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        var servers = new[] { await installation.StartAsync(0), await installation.StartAsync(1) };
        try
        {
            var clients = Load(installation, ledger, numbers, stop.Token);
            for (var kill = 0; kill < kills; kill++)
            {
                await AwaitMomentAsync(ledger, numbers, clients);
                await servers[kill % 2].KillAsync();
                await Task.WhenAny([ledger.ReachAsync(Clients), .. clients])
                    .WaitAsync(Patience, CancellationToken.None);
                servers[kill % 2] = await installation.StartAsync(kill % 2);
            }

            await EndAsync(clients, stop);
            await CheckAsync(installation, ledger, seed, kills);
        }
        finally
        {
            await servers[0].DisposeAsync();
            await servers[1].DisposeAsync();
        }
    }

    private static List<Task> Load(
        Installation installation,
        Ledger ledger,
        SeededNumbers numbers,
        CancellationToken stop
    ) =>
        [
            .. Enumerable
                .Range(0, Clients)
                .Select(client => new LoadClient(installation, ledger, $"c{client}", numbers.Fork()).RunAsync(stop)),
        ];

    private static async Task EndAsync(List<Task> clients, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
    }

    // In the middle of work: counted in acts, since a slow machine would else be killed before it did any. One in six dies
    // right after it began to listen, while timers and reactions still wake up.
    private static async Task AwaitMomentAsync(Ledger ledger, SeededNumbers numbers, List<Task> clients)
    {
        if (numbers.Below(6) > 0)
        {
            await Task.WhenAny([ledger.ReachAsync(numbers.Between(1, 15)), .. clients]).WaitAsync(Patience);
        }

        await Task.Delay(numbers.Between(0, 60), CancellationToken.None);
    }

    private static async Task CheckAsync(Installation installation, Ledger ledger, ulong seed, int kills)
    {
        var tickets = await new Audit(installation).ReadAsync();
        Assert.True(
            ledger.Acknowledged.Count > kills,
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

    [PostgreSqlFact]
    public async Task Of_two_servers_on_one_PostgreSQL_one_is_killed_again_and_again()
    {
        await using var database = await OwnPostgreSql.StartAsync();
        await using var installation = await Installation.CreateAsync(database.Connection, servers: 2);
        await TheOtherWorksOnAsync(installation, 20261127, kills: 4);
    }
}
