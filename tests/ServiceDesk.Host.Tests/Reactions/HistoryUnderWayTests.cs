using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Intake.ServiceNow;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Timers;
using static ServiceDesk.Host.Tests.Fixtures.TestConfiguration;

namespace ServiceDesk.Host.Tests.Reactions;

/// <summary>
/// An import on one node, and the sweeper of another on the same database. A promise of an hour was broken long ago; the rows
/// after it tell what happened before that.
/// </summary>
public sealed class HistoryUnderWayTests
{
    private static readonly Actor Importer = new(ActorKind.Import, null, "servicenow");
    private static readonly Duration Ago = Duration.FromHours(5);
    private static readonly Duration HalfAnHour = Duration.FromMinutes(30);

    [Theory]
    [OnBothDatabases]
    public async Task A_second_nodes_sweeper_waits_while_another_one_imports_however_long_that_takes(
        DatabaseProvider provider
    )
    {
        await using var importing = await HostUnderTest.CreateAsync(provider);
        await using var other = await importing.AnotherNodeAsync("node-2");
        var import = await importing.Get<HistoryUnderWay>().BeginAsync(CancellationToken.None);
        var ticket = await OpenAsync(importing);

        for (var renewals = 0; renewals < 6; renewals++)
        {
            await SweepAsync(other);
            Assert.Empty(await BreachesAsync(other, ticket));
            await PassAsync(other, HistoryUnderWay.Renewal);
        }

        var changed = await ChangeAsync(importing, ticket);
        await import.DisposeAsync();
        await EndClaimsAsync(other);
        await SweepAsync(other);

        Assert.True(changed.IsAccepted, changed.Refusals.ToString());
        Assert.Equal([changed.Ticket!.State.CreatedAt + Target], await BreachesAsync(other, ticket));
    }

    [Theory]
    [OnBothDatabases]
    public async Task When_the_importing_process_died_the_others_go_on_after_its_lease(DatabaseProvider provider)
    {
        await using var importing = await HostUnderTest.CreateAsync(provider);
        await using var other = await importing.AnotherNodeAsync("node-2");
        // Nobody renews it.
        await importing.Get<IHistoryHolds>().HoldAsync("node-1:died", HistoryUnderWay.Lease, CancellationToken.None);
        var ticket = await OpenAsync(importing);

        await SweepAsync(other);
        Assert.Empty(await BreachesAsync(other, ticket));
        await MoveHoldsAsync(other, HistoryUnderWay.Lease.BclCompatibleTicks);
        await EndClaimsAsync(other);
        await SweepAsync(other);

        Assert.Single(await BreachesAsync(other, ticket));
        // So the rows that were still to come would be too late now.
        Assert.Equal("refusal.import-out-of-order", (await ChangeAsync(importing, ticket)).Refusals[0].Code);
    }

    [Theory]
    [OnBothDatabases]
    public async Task The_import_command_holds_other_nodes_from_its_first_row_to_its_last(DatabaseProvider provider)
    {
        await using var importing = await HostUnderTest.CreateAsync(provider);
        await using var other = await importing.AnotherNodeAsync("node-2");
        var output = new Watching(() => other.Get<HistoryUnderWay>().IsAsync(CancellationToken.None));
        var rows = string.Join(
            '\n',
            IncidentFileReaderTests.Header,
            "INC1,New,0,Caller 1,02-03-2026 03:00,02-03-2026 03:00,?,?,3 - Moderate,?,?,?,?,?",
            "INC1,Active,1,Caller 1,02-03-2026 03:00,02-03-2026 03:30,?,?,3 - Moderate,?,?,?,?,?"
        );
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(rows));

        var exit = await importing
            .Get<CommandRunner>()
            .RunAsync(
                new CommandRequest("import servicenow", "en", new Dictionary<string, string> { ["desk"] = "ITSD" }),
                file,
                output,
                CancellationToken.None
            );

        Assert.Equal((ExitCodes.Done, "Rows read: 2 = applied: 2 + unchanged: 0 + refused: 0"), (exit, output.Result));
        Assert.True(output.SawAfterTheRows);
        Assert.False(await other.Get<HistoryUnderWay>().IsAsync(CancellationToken.None));
    }

    private static async Task<TicketId> OpenAsync(HostUnderTest host)
    {
        var requester = (await host.CustomerAsync()).Id;
        var answer = await host.Grains.OpenAsync(
            new CommandEnvelope(
                Open("The printer was on fire", requester) with
                {
                    History = new MarkImported("servicenow", host.Time.Wall),
                },
                Importer
            )
            {
                At = host.Time.Wall - Ago,
            }
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State.Id;
    }

    // What the next row tells: half an hour after it was opened, and half an hour before the promise was broken.
    private static async Task<GrainAnswer> ChangeAsync(HostUnderTest host, TicketId ticket)
    {
        var opened = (await host.Grains.GetAsync(ticket))!.State.CreatedAt;
        return await host.Grains.SendAsync(
            ticket,
            Transition("in-progress") with
            {
                Actor = Importer,
                At = opened + HalfAnHour,
            }
        );
    }

    private static Task<int> SweepAsync(HostUnderTest host) =>
        host.Get<TimerSweeper>().SweepAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<Instant>> BreachesAsync(HostUnderTest host, TicketId ticket) =>
        [.. (await host.EventsAsync(ticket)).Where(e => e.Event is SlaBreached).Select(e => e.At)];

    // The database's own clock is moved by no hand: instead of it, what ends by it moves the other way.
    private static async Task PassAsync(HostUnderTest host, TimeSpan by)
    {
        await MoveHoldsAsync(host, by.Ticks);
        await EndClaimsAsync(host);
        var before = await HeldUntilAsync(host);
        while (await HeldUntilAsync(host) <= before)
        {
            host.Time.Advance(Duration.FromSeconds(1));
            await Task.Delay(1);
        }
    }

    private static Task MoveHoldsAsync(HostUnderTest host, long ticks) =>
        host.Get<IDatabase>()
            .WriteAsync(
                (db, token) =>
                    db.HistoryHolds.ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.LeaseUntil, row => row.LeaseUntil - ticks),
                        token
                    )
            );

    // Claims of timers end sooner than holds, so that each sweep looks at them again.
    private static Task EndClaimsAsync(HostUnderTest host) =>
        host.Get<IDatabase>()
            .WriteAsync(
                (db, token) => db.Timers.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, 0L), token)
            );

    private static async Task<long> HeldUntilAsync(HostUnderTest host)
    {
        await using var db = host.Get<IDatabase>().CreateDbContext();
        return await db.HistoryHolds.Select(row => row.LeaseUntil).SingleAsync();
    }

    // Progress is told when rows are in and the import is not over yet.
    private sealed class Watching(Func<Task<bool>> isUnderWay) : ICommandOutput
    {
        public string? Result { get; private set; }

        public bool SawAfterTheRows { get; private set; }

        public Task ResultAsync(string line)
        {
            Result = line;
            return Task.CompletedTask;
        }

        public async Task NoteAsync(string line) => SawAfterTheRows = await isUnderWay();

        public Task FileAsync(string path, string text) => Task.CompletedTask;
    }
}
