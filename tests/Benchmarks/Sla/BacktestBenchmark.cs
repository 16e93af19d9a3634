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

/// <summary>A trial of an SLA draft on many past tickets, with everything that it reads and keeps, on a database that is filled first and kept for the next run.</summary>
internal static class BacktestBenchmark
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);

    public static async Task RunAsync(StorageOptions options, int tickets, int rounds)
    {
        await using var provider = Services(options);
        await provider.GetRequiredService<Database>().MigrateAsync();
        var language = new QueryLanguage(TicketExtensions.None, NoNames.Instance);
        var engine = new TicketEngine(TicketExtensions.None, new SlaFold(language.Holds), language.Holds);
        await FillAsync(provider, engine, tickets);

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
        var text = new DocumentText(await DocumentSchemas.LoadAsync());
        var draft = Policy("PT6H", "office", "PT2H");
        var request = new BacktestRequest(
            [new BacktestDraft(DocumentKinds.SlaPolicy, draft.Id, text.ToJson(draft))],
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
            await runner.RunAsync(id!.Value, request, Configuration, CancellationToken.None);
            var taken = watch.Elapsed;
            var used = Environment.CpuUsage.TotalTime - cpu;
            var figures = (await store.FindAsync(id.Value, CancellationToken.None))!.Figures!;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.Provider}, {figures.Tickets} tickets: {taken.TotalSeconds:0.0} s ({figures.Tickets / taken.TotalSeconds:0} a second), processor {used.TotalSeconds:0.0} s, memory {Environment.WorkingSet / 1024 / 1024} MB; breached {figures.All.Official.Breached} -> {figures.All.Draft.Breached}, newly {figures.All.Worse}, no longer {figures.All.Better}"
                )
            );
        }
    }

    private static async Task FillAsync(ServiceProvider provider, TicketEngine engine, int tickets)
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
            Configuration,
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

    private static ConfigurationSnapshot Configuration { get; } =
        ConfigurationSnapshot.Of(
            1,
            new DeskDocument { Id = Filler.Desk, Name = LocalizedText.Of("IT support", "IT 지원") },
            Calendar("all", "Etc/UTC", "00:00", "24:00", 7),
            Calendar("office", "Asia/Seoul", "09:00", "18:00", 5),
            Policy("PT8H", "all", "PT1H")
        );

    private static SlaPolicyDocument Policy(string resolve, string calendar, string answer) =>
        new()
        {
            Id = "standard",
            Name = LocalizedText.Of("Standard"),
            Metrics =
            [
                Metric("time-to-first-response", "agent-comment", answer, calendar) with
                {
                    Start = [new SlaCondition { On = "opened" }],
                },
                Metric("time-to-resolution", "resolved", resolve, calendar),
            ],
        };

    private static SlaMetric Metric(string id, string stop, string target, string calendar) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Start = [new SlaCondition { On = "opened" }, new SlaCondition { On = "reopened" }],
            Pause = [new SlaCondition { Category = StatusCategory.Waiting }],
            Stop = [new SlaCondition { On = stop }],
            Goals =
            [
                Goal("priority = critical", "PT4H", "all"),
                Goal("priority = high AND type = incident", target, "all"),
                Goal("", target, calendar),
            ],
        };

    private static SlaGoal Goal(string query, string target, string calendar) =>
        new()
        {
            Query = query,
            Target = IsoDuration.TryParse(target, out var duration) ? duration : Duration.FromHours(1),
            Calendar = calendar,
            Reminders = ["75%"],
        };

    private static CalendarDocument Calendar(string id, string zone, string from, string to, int days)
    {
        string[] names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        return new CalendarDocument
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Zone = zone,
            Hours = ValueMap<ValueList<WorkSpan>>.From(
                names[..days]
                    .Select(day => KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan(from, to)]))
            ),
        };
    }

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
