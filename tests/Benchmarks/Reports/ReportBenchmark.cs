using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using Database = ServiceDesk.Storage.Connections.Database;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Benchmarks.Reports;

/// <summary>Each series of reports without the web around it, on a database that is filled first and kept for the next run.</summary>
internal static class ReportBenchmark
{
    private const int WarmUps = 3;
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    private static readonly (string Name, string Query, ReportGroup? Group)[] Questions =
    [
        ("", "", null),
        (" by agent", "", ReportGroup.Assignee),
        (" of a query", "category = done AND priority >= high", ReportGroup.Priority),
    ];

    public static async Task RunAsync(StorageOptions options, int tickets, TimeSpan span)
    {
        await using var provider = Services(options);
        await provider.GetRequiredService<Database>().MigrateAsync();
        var database = provider.GetRequiredService<IDatabase>();
        var tables = new BenchmarkTables(database);
        await FillAsync(provider, database, tables, tickets);
        var language = new QueryLanguage(TicketExtensions.None, NoNames.Instance);
        var sets = new Sets(new TicketSets(database, language, () => Snapshot, new StandingClock()));
        var reader = new FigureReader(tables, sets, new StandingConfiguration());
        Console.WriteLine($"{options.Provider}, {tickets} tickets");
        foreach (var series in new SeriesCatalog(new NoSeries()).All)
        {
            foreach (var (name, query, group) in Questions)
            {
                foreach (var days in new[] { 30, 730 })
                {
                    var report = new ReportDocument
                    {
                        Id = "measured",
                        Name = LocalizedText.Of("Measured"),
                        Series = series.Id,
                        Query = query,
                        GroupBy = group,
                        Step = ReportStep.Week,
                    };
                    var asked = ReportSpan.Of(null, null, days, Zone, Now)!;
                    var before = Environment.CpuUsage.TotalTime;
                    var taken = await Latencies.MeasureAsync(
                        1,
                        span,
                        _ => reader.ReadAsync(Agent, report, series, asked, CancellationToken.None),
                        WarmUps
                    );
                    var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / (taken.Runs + WarmUps);
                    Console.WriteLine(
                        FormattableString.Invariant(
                            $"{$"{series.Id}{name}, {days} days", -52} {taken}   processor {cpu, 7:0.0} ms"
                        )
                    );
                }
            }
        }
    }

    private static async Task FillAsync(
        ServiceProvider provider,
        IDatabase database,
        BenchmarkTables tables,
        int tickets
    )
    {
        await using var db = database.CreateDbContext();
        if (!await db.Tickets.AnyAsync())
        {
            var filler = new Filler(
                provider.GetRequiredService<ITicketStore>(),
                provider.GetRequiredService<IPeopleStore>(),
                new FillingPlan(tickets, Now)
            );
            await filler.FillAsync(done => Tell("filled", done, tickets));
        }

        await tables.MakeAsync();
        var projection = new FactProjection(tables, new NoSeries(), new AllTime());
        if (await projection.PositionAsync(CancellationToken.None) > 0)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        var json = provider.GetRequiredService<SnapshotJson>();
        long after = 0;
        long position = 0;
        var done = 0;
        while (true)
        {
            var rows = await db
                .Tickets.AsNoTracking()
                .Where(ticket => ticket.Id > after)
                .OrderBy(ticket => ticket.Id)
                .Take(80)
                .Select(ticket => new { ticket.Id, ticket.Snapshot!.Json })
                .ToListAsync();
            if (rows.Count == 0)
            {
                break;
            }

            after = rows[^1].Id;
            var snapshots = rows.Select(row => json.Read(row.Json)).ToDictionary(one => one.State.Id);
            var events = snapshots.Values.SelectMany(one => Life(one.State)).ToList();
            var recorded = events.ConvertAll(one => one with { Position = ++position }).ToValueList();
            await projection.ApplyAsync(new ProjectionBatch(recorded, snapshots, position), CancellationToken.None);
            done += rows.Count;
            Tell("counted", done, tickets);
        }

        Console.WriteLine($"{position} events kept in {watch.Elapsed.TotalSeconds:0} s");
    }

    // What a ticket that is as it is went through.
    private static IEnumerable<RecordedEvent> Life(TicketState ticket)
    {
        var opened = new TicketOpened(
            ticket.Id,
            ticket.Key,
            ticket.Type,
            null,
            ticket.Summary,
            "",
            "new",
            StatusCategory.New,
            ticket.Priority,
            ticket.Requester,
            ticket.Organization,
            null,
            ticket.Team,
            ValueMap<FieldValue>.Empty,
            [],
            ticket.Channel,
            null
        );
        var end = ticket.ResolvedAt ?? Now;
        var step = (end - ticket.CreatedAt) / 6;
        TicketEvent?[] events =
        [
            opened,
            new TicketAssigned(ticket.Assignee, ticket.Team),
            new PublicCommentAdded(3, "Words", ByCustomer: false, []),
            new StatusChanged("start", "new", "in-progress", StatusCategory.Active, false, null),
            new InternalNoteAdded(5, "Words", []),
            ticket.ResolvedAt is null
                ? null
                : new StatusChanged("resolve", "in-progress", "resolved", StatusCategory.Done, false, "solved"),
        ];
        return events
            .OfType<TicketEvent>()
            .Select(
                (one, index) =>
                    new RecordedEvent(
                        ticket.Id,
                        index + 1,
                        0,
                        one,
                        one is StatusChanged { Category: StatusCategory.Done }
                            ? end
                            : ticket.CreatedAt + (step * index),
                        Actor.System,
                        1,
                        null,
                        0
                    )
            );
    }

    private static void Tell(string what, int done, int of)
    {
        if (done % 10_000 < 80 && done % 10_000 >= 0 && done >= 10_000 && (what == "counted" || done % 10_000 == 0))
        {
            Console.WriteLine($"{what} {done} of {of}");
        }
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

    private static Viewer Agent { get; } =
        new(
            new Person(new PersonId(25), "Kim", "kim@example.com", "agent", "ko", "Asia/Seoul", [], [], true),
            [Permissions.WorkTickets],
            [Filler.Desk],
            [Filler.Desk],
            [],
            [Filler.Desk]
        );

    private static ConfigurationSnapshot Snapshot { get; } =
        ConfigurationSnapshot.Of(
            1,
            new DeskDocument { Id = Filler.Desk, Name = LocalizedText.Of("IT support", "IT 지원") }
        );

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }

    private sealed class StandingConfiguration : IConfigurationReader
    {
        public IConfiguration Current => Snapshot;
    }

    private sealed class NoSeries : IReportSeries
    {
        public ValueList<ReportSeriesDefinition> All => [];
    }

    private sealed class AllTime : IWorkingTime
    {
        public Duration Between(string? calendar, Instant from, Instant to) => to - from;

        public string Write(Duration duration, string? calendar) =>
            duration.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class Sets(TicketSets sets) : ITicketSets
    {
        public async Task<TicketSet> MatchingAsync(
            Viewer viewer,
            string query,
            CancellationToken cancellation = default
        )
        {
            var (sql, parameters) = await sets.MatchingAsync(viewer, query, cancellation);
            return new TicketSet(sql, parameters);
        }
    }
}

/// <summary>The tables of reports on the database of a benchmark.</summary>
internal sealed class BenchmarkTables(IDatabase database) : IPluginTables<ReportTables>
{
    public Task MakeAsync() =>
        WriteAsync(
            async (db, token) =>
            {
                var script = db.Database.GenerateCreateScript();
                var exists = await db.Database.SqlQueryRaw<int>(ExistsSql()).AnyAsync(token);
                foreach (var statement in exists ? [] : script.Split(";\n", StringSplitOptions.TrimEntries))
                {
                    if (statement.Length > 0)
                    {
                        await db.Database.ExecuteSqlRawAsync(statement, token);
                    }
                }

                return true;
            }
        );

    public async Task<T> ReadAsync<T>(
        Func<ReportTables, CancellationToken, Task<T>> read,
        CancellationToken cancellation = default
    )
    {
        await using var context = Of(database.Dialect.ConfigureReading);
        return await read(context, cancellation);
    }

    public Task<T> WriteAsync<T>(
        Func<ReportTables, CancellationToken, Task<T>> write,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var connection = db.Database.GetDbConnection();
                await using var context = Of(options => database.Dialect.ConfigureOver(options, connection));
                await context.Database.UseTransactionAsync(db.Database.CurrentTransaction!.GetDbTransaction(), token);
                var result = await write(context, token);
                await context.SaveChangesAsync(token);
                return result;
            },
            cancellation
        );

    private string ExistsSql() =>
        database.Dialect.Provider == DatabaseProvider.Sqlite
            ? "SELECT 1 AS \"Value\" FROM sqlite_master WHERE name = 'plugin_reports_facts'"
            : "SELECT 1 AS \"Value\" FROM information_schema.tables WHERE table_name = 'plugin_reports_facts'";

    private static ReportTables Of(Action<DbContextOptionsBuilder> configure)
    {
        var options = new DbContextOptionsBuilder<ReportTables>();
        configure(options);
        return new ReportTables(options.Options);
    }
}
