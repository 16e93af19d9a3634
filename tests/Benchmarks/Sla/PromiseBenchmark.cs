using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;
using Database = ServiceDesk.Storage.Connections.Database;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Benchmarks.Sla;

/// <summary>Reports of promises without the web around them: three clocks a ticket over two years, filled first and kept for the next run.</summary>
internal static class PromiseBenchmark
{
    private const int WarmUps = 2;
    private const int AtOnce = 500;
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    private static readonly (string Metric, int Hours, AgreementType Type)[] Promises =
    [
        ("time-to-first-response", 1, AgreementType.Sla),
        ("time-to-resolution", 8, AgreementType.Sla),
        ("time-in-team", 4, AgreementType.Ola),
    ];

    private static Viewer Agent { get; } =
        new(
            new Person(new PersonId(25), "Kim", "kim@example.com", "agent", "ko", "Asia/Seoul", [], [], true),
            [Permissions.WorkTickets],
            [Filler.Desk],
            [Filler.Desk],
            [],
            [Filler.Desk]
        );

    public static async Task RunAsync(StorageOptions options, int tickets, TimeSpan span)
    {
        await using var provider = Services(options);
        await provider.GetRequiredService<Database>().MigrateAsync();
        await FillAsync(provider, tickets);
        var figures = provider.GetRequiredService<IPromiseFigures>();
        Console.WriteLine($"{options.Provider}, {tickets} tickets");
        // What a preview of a new version begins with: beside many clocks of others, and of a policy that many count by.
        var lives = provider.GetRequiredService<ITicketLives>();
        foreach (var policy in new[] { "of-nobody", "incident" })
        {
            await MeasureAsync(
                $"tickets of the policy {policy}",
                span,
                () => lives.CountedByAsync(DocumentKinds.SlaPolicy, policy, default, 100, default)
            );
        }

        foreach (var days in new[] { 30, 90, 730 })
        {
            var all = new PromiseQuestion
            {
                From = Now - Duration.FromDays(days),
                To = Now + Duration.FromDays(1),
                Now = Now,
                Zone = Zone,
            };
            var broken = all with { State = PromiseState.Breached };
            await MeasureAsync($"goals, {days} days", span, () => figures.GoalsAsync(Agent, all, default));
            await MeasureAsync(
                $"goals between teams, {days} days",
                span,
                () => figures.GoalsAsync(Agent, all with { Agreement = AgreementType.Ola, ByTeam = true }, default)
            );
            await MeasureAsync($"hours, {days} days", span, () => figures.QuartersAsync(Agent, broken, default));
            await MeasureAsync($"causes, {days} days", span, () => figures.StaysAsync(Agent, broken, default));
            await MeasureAsync($"list, {days} days", span, () => figures.ListAsync(Agent, broken, 0, 50, default));
            await MeasureAsync(
                $"list of an hour, {days} days",
                span,
                () => figures.ListAsync(Agent, broken with { Hour = 10 }, 0, 50, default)
            );
            await MeasureAsync(
                $"goals of a customer, {days} days",
                span,
                () => figures.GoalsAsync(Agent, all with { Organization = 3 }, default)
            );
        }
    }

    private static async Task MeasureAsync(string name, TimeSpan span, Func<Task> ask)
    {
        var taken = await Latencies.MeasureAsync(1, span, _ => ask(), WarmUps);
        Console.WriteLine(FormattableString.Invariant($"{name, -40} {taken}"));
    }

    private static async Task FillAsync(ServiceProvider provider, int tickets)
    {
        await using var db = provider.GetRequiredService<IDatabase>().CreateDbContext();
        if (!await db.Tickets.AnyAsync())
        {
            await new Filler(
                provider.GetRequiredService<ITicketStore>(),
                provider.GetRequiredService<IPeopleStore>(),
                new FillingPlan(tickets, Now)
            ).FillAsync(_ => { });
        }

        if (await db.Promises.AnyAsync())
        {
            return;
        }

        var (watch, after) = (Stopwatch.StartNew(), 0L);
        while (true)
        {
            var rows = await db
                .Tickets.AsNoTracking()
                .Where(row => row.Id > after)
                .OrderBy(row => row.Id)
                .Take(AtOnce)
                .Select(row => new
                {
                    row.Id,
                    row.CreatedAt,
                    row.ResolvedAt,
                    row.TeamId,
                    row.Type,
                })
                .ToListAsync();
            if (rows.Count == 0)
            {
                break;
            }

            after = rows[^1].Id;
            await provider
                .GetRequiredService<IPromiseStore>()
                .KeepAsync(
                    [
                        .. rows.Select(row => new TicketPromises(
                            new TicketId(row.Id),
                            [
                                .. Promises.Select(
                                    (one, index) =>
                                        Account(
                                            row.Id,
                                            index,
                                            row.Type,
                                            Instant.FromUnixTimeTicks(row.CreatedAt),
                                            row.ResolvedAt is not null,
                                            row.TeamId
                                        )
                                ),
                            ],
                            []
                        )),
                    ],
                    default
                );
        }

        Console.WriteLine($"promises of {tickets} tickets kept in {watch.Elapsed.TotalSeconds:0} s");
    }

    private static ClockAccount Account(long ticket, int index, string type, Instant created, bool isSolved, long? team)
    {
        var (metric, hours, agreement) = Promises[index];
        var number = (int)(ticket * 3) + index;
        var elapsed = Duration.FromSeconds(60 + (int)(Vocabulary.Mix(number, 5) % (uint)(hours * 5_000)));
        var target = Duration.FromHours(hours);
        var isStopped = index == 0 || isSolved;
        var verdict =
            elapsed > target ? ClockVerdict.Breached
            : isStopped ? ClockVerdict.Met
            : ClockVerdict.Open;
        var end = created + (elapsed * 2);
        var clock = new SlaClock
        {
            Policy = new DocumentVersion(type, 1),
            Metric = metric,
            Cycle = 1,
            Goal = 0,
            Target = target,
            Calendar = new DocumentVersion(number % 2 == 0 ? "24x7" : "office", 1),
            Status = isStopped ? ClockStatus.Stopped : ClockStatus.Running,
            Verdict = verdict,
            StartedAt = created,
            Since = isStopped ? end : created,
            Elapsed = elapsed,
            DueAt = isStopped && verdict == ClockVerdict.Met ? null : created + target,
            StoppedAt = isStopped ? end : null,
            Marks = [],
        };
        return new ClockAccount(
            clock,
            agreement,
            verdict switch
            {
                ClockVerdict.Met => end,
                ClockVerdict.Breached => created + target,
                _ => null,
            },
            null,
            team is { } id ? new TeamId(id) : null,
            elapsed / 2,
            elapsed / 2,
            isStopped
                ?
                [
                    new ClockStay(LedgerSegmentKind.Running, type, "new", null, false, elapsed / 4),
                    new ClockStay(LedgerSegmentKind.Running, type, "in-progress", null, true, elapsed * 3 / 4),
                    new ClockStay(LedgerSegmentKind.Paused, type, "waiting-for-customer", null, true, elapsed / 2),
                    new ClockStay(LedgerSegmentKind.OutsideHours, type, "in-progress", null, true, elapsed / 2),
                ]
                : []
        );
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
