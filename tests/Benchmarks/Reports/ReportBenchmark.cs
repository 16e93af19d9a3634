using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Benchmarks.Reporting;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla.Calendars;
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
    private const int MostMilliseconds = 300;
    private const string OfficeHours = "office-hours";
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    private static readonly (string Name, ReportDocument Asks)[] Questions =
    [
        ("", Asking()),
        (" by agent", Asking() with { GroupBy = "assignee" }),
        (" of a query", Asking() with { Query = "category = done AND priority >= high", GroupBy = "priority" }),
        (" in working time", Asking() with { Calendar = OfficeHours }),
        (" in working time, by agent", Asking() with { Calendar = OfficeHours, GroupBy = "assignee" }),
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
        var missed = new List<string>();
        foreach (var series in new SeriesCatalog(new NoSeries()).All)
        {
            // Working time is counted where something takes time.
            foreach (var (name, asks) in Questions.Where(one => one.Asks.Calendar is null || series.HasDurations))
            {
                foreach (var days in new[] { 30, 730 })
                {
                    var report = asks with { Series = series.Id };
                    var asked = ReportSpan.Of(null, null, days, Zone, Now)!;
                    var before = Environment.CpuUsage.TotalTime;
                    var taken = await Latencies.MeasureAsync(
                        1,
                        span,
                        _ => reader.ReadAsync(Agent, report, series, asked, CancellationToken.None),
                        WarmUps
                    );
                    var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / (taken.Runs + WarmUps);
                    var title = $"{series.Id}{name}, {days} days";
                    Console.WriteLine(FormattableString.Invariant($"{title, -52} {taken}   processor {cpu, 7:0.0} ms"));
                    if (taken.P95 >= MostMilliseconds)
                    {
                        missed.Add(FormattableString.Invariant($"{title} {taken.P95:0} ms"));
                    }
                }
            }
        }

        Console.WriteLine(
            new Goal(
                $"{options.Provider}, {tickets} tickets: each question under {MostMilliseconds} ms (p95)",
                missed.Count == 0 ? "all of them" : string.Join(", ", missed),
                missed.Count == 0
            )
        );
    }

    private static ReportDocument Asking() =>
        new()
        {
            Id = "measured",
            Name = LocalizedText.Of("Measured"),
            Series = "created",
            Step = ReportStep.Week,
        };

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
        var projection = new FactProjection(tables, new NoSeries(), new OfficeTime());
        if (await projection.PositionAsync(CancellationToken.None) == 0)
        {
            await KeepAsync(provider, db, projection, tickets);
        }

        // As the server does when a report takes a calendar: nothing is left to count where it was done before.
        await new WorkingTimeJob(tables, new StandingConfiguration(), new OfficeTime()).RunAsync(
            CancellationToken.None
        );
    }

    private static async Task KeepAsync(
        ServiceProvider provider,
        ServiceDeskDb db,
        FactProjection projection,
        int tickets
    )
    {
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
            new DeskDocument { Id = Filler.Desk, Name = LocalizedText.Of("IT support", "IT 지원") },
            Calendar,
            Asking() with
            {
                Calendar = OfficeHours,
            }
        );

    private static CalendarDocument Calendar =>
        new()
        {
            Id = OfficeHours,
            Name = LocalizedText.Of("Office hours", "근무 시간"),
            Zone = Zone.Id,
            Hours = ValueMap<ValueList<WorkSpan>>.From(
                new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(day =>
                    KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan("09:00", "18:00")])
                )
            ),
        };

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

    private sealed class OfficeTime : IWorkingTime
    {
        private static readonly WorkingCalendar Hours = WorkingCalendar.Of(Calendar);

        public Duration Between(string? calendar, Instant from, Instant to) =>
            calendar is null ? to - from : Hours.Between(from, to);

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

        public ValueList<FieldDocument> WordFields(Viewer viewer) => sets.WordFields(viewer);

        public Task<TicketWords?> HeldAsync(Viewer viewer, string field, CancellationToken cancellation = default) =>
            Task.FromResult<TicketWords?>(null);
    }
}
