using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;
using Database = ServiceDesk.Storage.Connections.Database;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Benchmarks.Sla;

/// <summary>
/// A trial of SLA drafts on many past tickets under the policies that come with the product, with everything that it reads and
/// keeps, on a database that is filled first and kept for the next run: take an empty one when the policies have changed.
/// </summary>
internal static class BacktestBenchmark
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);

    public static async Task RunAsync(StorageOptions options, int tickets, int rounds)
    {
        await using var provider = Services(options);
        await provider.GetRequiredService<Database>().MigrateAsync();
        var language = new QueryLanguage(TicketExtensions.None, NoNames.Instance);
        var engine = new TicketEngine(TicketExtensions.None, new SlaFold(language.Holds), language.Holds);
        var text = new DocumentText(new DocumentSchemas());
        var shipped = Shipped(text);
        var configuration = ConfigurationSnapshot.Of(
            1,
            [.. shipped, new DeskDocument { Id = Filler.Desk, Name = LocalizedText.Of("IT support", "IT 지원") }]
        );
        await FillAsync(provider, engine, configuration, tickets);

        var store = provider.GetRequiredService<IBacktestStore>();
        var runner = new BacktestRunner(
            provider.GetRequiredService<ITicketLives>(),
            store,
            provider.GetRequiredService<EventCatalog>(),
            provider.GetRequiredService<SnapshotJson>(),
            TicketExtensions.None,
            NoNames.Instance,
            provider.GetRequiredService<IClock>()
        );
        var policies = shipped.OfType<SlaPolicyDocument>().ToList();
        Console.WriteLine(
            $"{policies.Sum(policy => policy.Metrics.Count)} metrics in {policies.Count} policies, all of them drafted with three quarters of the time"
        );
        var request = new BacktestRequest(
            policies
                .Select(policy => new BacktestDraft(DocumentKinds.SlaPolicy, policy.Id, text.ToJson(Stricter(policy))))
                .ToValueList(),
            Now - Duration.FromDays(366),
            Now,
            "Asia/Seoul",
            [Filler.Desk],
            1
        );
        for (var round = 1; round <= rounds; round++)
        {
            var id = await store.BeginAsync(request, new PersonId(1), Now, Now, CancellationToken.None);
            var cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await runner.RunAsync(id!.Value, request, configuration, CancellationToken.None);
            var taken = watch.Elapsed;
            var used = Environment.CpuUsage.TotalTime - cpu;
            var trial = (await store.FindAsync(id.Value, CancellationToken.None))!;
            var (figures, teams) = (trial.Figures!, trial.TeamFigures!);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.Provider}, {figures.Tickets} tickets: {taken.TotalSeconds:0.0} s ({figures.Tickets / taken.TotalSeconds:0} a second), processor {used.TotalSeconds:0.0} s, memory {Environment.WorkingSet / 1024 / 1024} MB; breached {figures.All.Official.Breached} -> {figures.All.Draft.Breached}, newly {figures.All.Worse}, no longer {figures.All.Better}; between teams {teams.All.Official.Breached} -> {teams.All.Draft.Breached}"
                )
            );
        }
    }

    private static async Task FillAsync(
        ServiceProvider provider,
        TicketEngine engine,
        IConfiguration configuration,
        int tickets
    )
    {
        await using (var db = provider.GetRequiredService<IDatabase>().CreateDbContext())
        {
            if (await db.Tickets.AnyAsync())
            {
                return;
            }
        }

        var watch = Stopwatch.StartNew();
        var lived = new LivedTickets(
            provider.GetRequiredService<ITicketStore>(),
            provider.GetRequiredService<IPeopleStore>(),
            engine,
            configuration,
            Now
        );
        await lived.FillAsync(
            tickets,
            done =>
            {
                if (done % 10_000 == 0)
                {
                    Console.WriteLine($"filled {done} of {tickets}");
                }
            }
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{lived.Events} events written in {watch.Elapsed.TotalSeconds:0} s"
            )
        );
    }

    // The calendars and policies that come with the product.
    private static List<ConfigurationDocument> Shipped(DocumentText text)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ServiceDesk.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The solution is not above the benchmark.");
        }

        string[] folders =
        [
            "host/ServiceDesk.Host/Configuration/Shipped/calendars",
            "plugins/ServiceDesk.Incidents/configuration",
            "plugins/ServiceDesk.Requests/configuration",
            "plugins/ServiceDesk.Changes/configuration",
        ];
        return
        [
            .. folders
                .SelectMany(folder => Directory.GetFiles(Path.Combine(root.FullName, folder), "*.yaml"))
                .Select(file => text.FromYaml(File.ReadAllText(file)).Document)
                .Where(document => document is SlaPolicyDocument or CalendarDocument)
                .OfType<ConfigurationDocument>(),
        ];
    }

    private static SlaPolicyDocument Stricter(SlaPolicyDocument policy) =>
        policy with
        {
            Metrics = policy
                .Metrics.Select(metric =>
                    metric with
                    {
                        Goals = metric.Goals.Select(goal => goal with { Target = goal.Target * 0.75 }).ToValueList(),
                    }
                )
                .ToValueList(),
        };

    private static ServiceProvider Services(StorageOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IClock>(new StandingClock());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddServiceDeskStorage(options);
        return services.BuildServiceProvider();
    }

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }
}
