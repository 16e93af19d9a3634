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
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Benchmarks.Queries;

/// <summary>Lists, counts and searches without the web around them, on a database that is filled first and kept for the next run.</summary>
internal static class QueryBenchmark
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 3, 0);

    private static readonly (string Name, string Query)[] Lists =
    [
        ("newest", "desk = ITSD ORDER BY created DESC"),
        ("queue: open by nearest breach", "desk = ITSD AND category != done ORDER BY remaining"),
        ("queue: unassigned", "desk = ITSD AND assignee IS EMPTY AND category != done ORDER BY created"),
        ("queue: mine", "desk = ITSD AND assignee = currentUser() AND category != done ORDER BY remaining"),
        (
            "queue: high priority",
            "desk = ITSD AND priority >= high AND category != done ORDER BY priority DESC, created"
        ),
        ("queue: breach within an hour", "desk = ITSD AND sla(\"Time to resolution\") < 2h ORDER BY remaining"),
        ("recently resolved", "desk = ITSD AND resolved >= -7d ORDER BY resolved DESC"),
        ("by field", "desk = ITSD AND impact = high AND category != done ORDER BY created DESC"),
        ("search: common word", "text ~ printer"),
        ("search: two Korean syllables", "text ~ 오류"),
        ("search: rare word", "text ~ \"#4321\""),
        ("search: two words", "text ~ \"프린터 0x80070005\""),
        ("search: nothing found", "text ~ zebrafish"),
        ("by key", "key = ITSD-1234"),
    ];

    private static readonly (string Name, string Query)[] Counts =
    [
        ("count: open", "desk = ITSD AND category != done"),
        ("count: unassigned", "desk = ITSD AND assignee IS EMPTY AND category != done"),
        ("count: all of the desk", "desk = ITSD"),
        ("count: breached", "desk = ITSD AND sla(\"Time to resolution\") = breached"),
    ];

    private static readonly string[] Boxes =
    [
        "printer",
        "오류",
        "#4321",
        "프린터 0x80070005",
        "\"error number\" -printer is:open",
        "printer OR 메신저 priority:high",
        "zebrafish",
    ];

    public static async Task RunAsync(StorageOptions options, int tickets, TimeSpan span)
    {
        await using var provider = Services(options);
        await provider.GetRequiredService<Database>().MigrateAsync();
        var queries = new TicketQueries(
            provider.GetRequiredService<IDatabase>(),
            new QueryLanguage(TicketExtensions.None, NoNames.Instance),
            provider.GetRequiredService<SnapshotJson>(),
            Configuration,
            new StandingClock()
        );
        if (await queries.CountAsync(Agent, "") == 0)
        {
            var filler = new Filler(
                provider.GetRequiredService<ITicketStore>(),
                provider.GetRequiredService<IPeopleStore>(),
                new FillingPlan(tickets, Now)
            );
            await filler.FillAsync(done => Tell(done, tickets));
        }

        Console.WriteLine($"{options.Provider}, {tickets} tickets");
        foreach (var (name, query) in Lists)
        {
            Console.WriteLine(
                $"{name, -44} {await Latencies.MeasureAsync(1, span, _ => queries.ListAsync(Agent, query, 50, null))}"
            );
        }

        foreach (var (name, query) in Counts)
        {
            Console.WriteLine(
                $"{name, -44} {await Latencies.MeasureAsync(1, span, _ => queries.CountAsync(Agent, query))}"
            );
        }

        var box = new TicketSearch(
            provider.GetRequiredService<IDatabase>(),
            new QueryLanguage(TicketExtensions.None, NoNames.Instance),
            queries,
            provider.GetRequiredService<SnapshotJson>(),
            Configuration,
            new StandingClock()
        );
        foreach (var typed in Boxes)
        {
            var found = await Latencies.MeasureAsync(
                1,
                span,
                async _ => await box.FindAsync(Agent, await box.ReadAsync(Agent, typed), null, 25, null)
            );
            var counted = await Latencies.MeasureAsync(
                1,
                span,
                async _ => await box.CountAsync(Agent, await box.ReadAsync(Agent, typed))
            );
            Console.WriteLine($"{"search box: " + typed, -44} {found}");
            Console.WriteLine($"{"search box, counted: " + typed, -44} {counted}");
        }

        foreach (var query in (string[])["", "category != done", "text ~ printer"])
        {
            var name = $"customer: {(query.Length == 0 ? "everything" : query)}";
            Console.WriteLine(
                $"{name, -44} {await Latencies.MeasureAsync(1, span, _ => queries.ListAsync(Customer, query, 50, null))}"
            );
        }
    }

    private static void Tell(int done, int of)
    {
        if (done % 10_000 == 0)
        {
            Console.WriteLine($"filled {done} of {of}");
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
        new(Person(25, "agent", []), [Permissions.WorkTickets], [Filler.Desk], [Filler.Desk], [], [Filler.Desk]);

    private static Viewer Customer { get; } =
        new(
            Person(100, "customer", [new OrganizationId(2)]),
            [Permissions.AskInPortal],
            [],
            [Filler.Desk],
            [new OrganizationId(2)],
            [Filler.Desk]
        );

    private static Person Person(long id, string role, ValueList<OrganizationId> organizations) =>
        new(new PersonId(id), "Kim", "kim@example.com", role, "ko", "Asia/Seoul", organizations, [], true);

    private static ConfigurationSnapshot Configuration() => Snapshot;

    private static ConfigurationSnapshot Snapshot { get; } =
        ConfigurationSnapshot.Of(
            1,
            new DeskDocument { Id = Filler.Desk, Name = LocalizedText.Of("IT support", "IT 지원") },
            new FieldDocument
            {
                Id = "impact",
                Name = LocalizedText.Of("Impact"),
                Kind = FieldKind.Choice,
                Choices = [new("low", LocalizedText.Of("Low")), new("high", LocalizedText.Of("High"))],
            },
            new SlaPolicyDocument
            {
                Id = "incidents",
                Name = LocalizedText.Of("Incidents"),
                Metrics = [new SlaMetric { Id = "time-to-resolution", Name = LocalizedText.Of("Time to resolution") }],
            }
        );

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }
}
