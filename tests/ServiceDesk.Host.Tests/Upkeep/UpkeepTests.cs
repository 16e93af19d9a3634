using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Intake;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Host.Tests.Upkeep;

public sealed class UpkeepTests
{
    [Theory]
    [OnBothDatabases]
    public async Task Keys_of_clients_are_forgotten_after_a_week_and_those_of_the_import_never(
        DatabaseProvider provider
    )
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var api = $"{RequestRepeats.KeyPrefix}1:abc";
        var portal = RepeatableKeys.OfPortal(new PersonId(1), new string('a', 24))!;
        var keys = new[] { api, portal, "import:INC1" };
        foreach (var key in keys)
        {
            await host.OpenAsync(key: key);
        }

        host.Time.Advance(ForgetKeys.Kept - Duration.FromMilliseconds(1));
        await Rounds(host).RoundAsync(CancellationToken.None);
        Assert.Equal(keys, await RememberedAsync(host, keys));

        host.Time.Advance(Duration.FromMilliseconds(2));
        await Rounds(host).RoundAsync(CancellationToken.None);
        Assert.Equal(["import:INC1"], await RememberedAsync(host, keys));
    }

    [Fact]
    public async Task A_file_that_nobody_attached_goes_after_a_day()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var files = host.Get<IFileStore>();
        var file = await files.SaveAsync(new MemoryStream([1, 2, 3]), "left.txt", "text/plain", 100, by: null);

        await Rounds(host).RoundAsync(CancellationToken.None);
        Assert.NotNull(await files.FindAsync(file.Id));

        host.Time.Advance(CleanUpFiles.Kept + Duration.FromMilliseconds(1));
        await Rounds(host).RoundAsync(CancellationToken.None);
        Assert.Null(await files.FindAsync(file.Id));
    }

    [Theory]
    [OnBothDatabases]
    public async Task Tickets_that_nobody_touched_are_found_by_a_field_that_a_plugin_brought_later(
        DatabaseProvider provider
    )
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var ticket = await host.OpenAsync("Length is sixteen");
        var length = new QueryFieldDefinition(
            "length",
            QueryFieldKind.Number,
            state => new NumberValue(state.Summary.Length)
        );

        await using var later = await host.AnotherNodeAsync("later", services => services.AddSingleton(With(length)));
        Assert.Empty(await LengthsAsync(later));
        await Rounds(later).RoundAsync(CancellationToken.None);

        Assert.Equal([(ticket.State.Id.Value, 17d)], await LengthsAsync(later));
    }

    [Fact]
    public async Task Rows_are_gone_through_once_for_the_same_fields()
    {
        await using var host = await HostUnderTest.CreateAsync();
        await host.OpenAsync();
        await Rounds(host).RoundAsync(CancellationToken.None);
        await using (var db = host.Get<IDatabase>().CreateDbContext())
        {
            var row = db.Tickets.Single();
            row.Summary = "Changed behind its back";
            await db.SaveChangesAsync();
        }

        await Rounds(host).RoundAsync(CancellationToken.None);

        await using var after = host.Get<IDatabase>().CreateDbContext();
        Assert.Equal("Changed behind its back", after.Tickets.Single().Summary);
    }

    [Fact]
    public async Task The_first_round_comes_soon_after_the_start_and_the_next_a_day_later()
    {
        var time = new ManualTime();
        var task = new CountedTask();
        using var rounds = new UpkeepRounds([task], time, NullLogger<UpkeepRounds>.Instance);
        await rounds.StartAsync(CancellationToken.None);

        WaitFor(time);
        time.Advance(Duration.FromSeconds(29));
        Assert.Equal(0, task.Runs);
        time.Advance(Duration.FromSeconds(1));
        await task.ReachAsync(1);
        WaitFor(time);
        time.Advance(Duration.FromHours(23));
        Assert.Equal(1, task.Runs);
        time.Advance(Duration.FromHours(1));
        await task.ReachAsync(2);

        await rounds.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_task_that_fails_is_told_of_and_keeps_no_other_from_its_work()
    {
        await using var host = await HostUnderTest.CreateAsync(configure: services =>
        {
            services.AddSingleton<IUpkeepTask, FailingTask>();
            services.AddSingleton<IUpkeepTask, CountedTask>();
        });

        await Rounds(host).RoundAsync(CancellationToken.None);

        Assert.Equal(1, host.Services.GetServices<IUpkeepTask>().OfType<CountedTask>().Single().Runs);
        Assert.Contains("Upkeep of what fails failed", host.Log.ToString(), StringComparison.Ordinal);
    }

    // Its waits are made on a thread of its own.
    private static void WaitFor(ManualTime time) =>
        Assert.True(SpinWait.SpinUntil(() => time.Waiting > 0, TimeSpan.FromMinutes(10)), "It does not wait.");

    private static UpkeepRounds Rounds(HostUnderTest host) => host.Get<UpkeepRounds>();

    private static async Task<List<string>> RememberedAsync(HostUnderTest host, IEnumerable<string> keys)
    {
        var remembered = new List<string>();
        foreach (var key in keys)
        {
            if (await host.Get<ITicketStore>().FindAnswerAsync(key, CancellationToken.None) is not null)
            {
                remembered.Add(key);
            }
        }

        return remembered;
    }

    private static TicketExtensions With(QueryFieldDefinition field) =>
        new()
        {
            Facets = TicketExtensions.None.Facets,
            Events = TicketExtensions.None.Events,
            Deciders = TicketExtensions.None.Deciders,
            Policies = [],
            QueryFields = [field],
        };

    private static async Task<List<(long, double?)>> LengthsAsync(HostUnderTest host)
    {
        await using var db = host.Get<IDatabase>().CreateDbContext();
        return
        [
            .. db
                .TicketFields.Where(row => row.Field == "plugin:length")
                .ToList()
                .Select(row => (row.TicketId, row.Number)),
        ];
    }

    private sealed class CountedTask : IUpkeepTask
    {
        private readonly SemaphoreSlim ran = new(0);
        private int runs;

        public string Name => "counted";

        public int Runs => Volatile.Read(ref runs);

        public async Task ReachAsync(int count)
        {
            while (Runs < count)
            {
                Assert.True(await ran.WaitAsync(TimeSpan.FromMinutes(10)), $"It ran {Runs} times.");
            }
        }

        public Task<int> RunAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref runs);
            ran.Release();
            return Task.FromResult(0);
        }
    }

    private sealed class FailingTask : IUpkeepTask
    {
        public string Name => "what fails";

        public Task<int> RunAsync(CancellationToken cancellation) => throw new IOException("The disk is full.");
    }
}
