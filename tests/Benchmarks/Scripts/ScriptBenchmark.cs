using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Benchmarks.Scripts;

/// <summary>
/// How long an event handler takes whose worker is warm: from the committed event through the pump, with the reading of the log,
/// the run and its calls, what it commits, the note in the list of runs, and the cursor.
/// </summary>
internal static class ScriptBenchmark
{
    private const string Id = "benchmark";
    private const int WarmUps = 20;

    private static readonly (string Name, string Source)[] Scripts =
    [
        ("nothing", "return 1;"),
        ("reads the ticket and searches once", "return ticket.summary + tickets.count('priority = high');"),
        ("writes a note", "ticket.note('Seen at ' + now);"),
        ("computes (100,000 statements)", "let n = 0; for (let i = 0; i < 25000; i++) { n += i % 7; } return n;"),
    ];

    public static async Task RunAsync(string folder, string? postgres, TimeSpan span)
    {
        await using var server = await OwnServer.StartAsync(folder, postgres);
        var services = server.App.Services;
        var people = services.GetRequiredService<IPeopleStore>();
        var agent = await people.CreateAsync(new NewPerson("Ann Agent", "ann@example.test", "agent"));
        var pump = new Pump(services);
        foreach (var (name, source) in Scripts)
        {
            await WriteAsync(services, agent.Email, source);
            var ticket = await OpenAsync(services, agent.Id);
            await pump.WorkAsync();
            var measured = await MeasureAsync(services, pump, ticket, span);
            Console.WriteLine($"{server.Database}, handler: {name, -36} {measured}");
        }
    }

    private static async Task<Latencies> MeasureAsync(
        IServiceProvider services,
        Pump pump,
        TicketId ticket,
        TimeSpan span
    )
    {
        var grains = services.GetRequiredService<ITicketGrains>();
        var runs = services.GetRequiredService<IScriptStore>();
        var all = new List<double>();
        for (var (number, watch) = (0, Stopwatch.StartNew()); watch.Elapsed < span || number <= WarmUps; number++)
        {
            await grains.SendAsync(ticket, new CommandEnvelope(new EditTicket($"Edit {number}"), Actor.System));
            var started = Stopwatch.GetTimestamp();
            await pump.WorkAsync();
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            // What the script itself did is an event too; no handler hears of it.
            await pump.WorkAsync();
            if (number >= WarmUps)
            {
                all.Add(took);
            }
        }

        var last = (await runs.RunsAsync(Id, all.Count)).GroupBy(run => run.Outcome).ToList();
        return last is [{ Key: "done" }] && last[0].Count() == all.Count
            ? new Latencies(all, all.Sum() / 1000)
            : throw new InvalidOperationException(
                string.Join(", ", last.Select(one => $"{one.Count()} {one.Key} {one.First().Error}"))
            );
    }

    private static async Task WriteAsync(IServiceProvider services, string actor, string source)
    {
        var script = new ScriptDocument
        {
            Id = Id,
            Name = LocalizedText.Of("Benchmark"),
            Use = ScriptUse.Handler,
            Events = ["ticket.text-edited"],
            Actor = actor,
            Source = source,
        };
        var current = services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var outcome = await services
            .GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                services.GetRequiredService<DocumentText>().ToYaml(script),
                current.VersionOf<ScriptDocument>(Id),
                new ConfigurationAuthor(null, "benchmark", null)
            );
        if (outcome.Status != ConfigurationStatus.Written)
        {
            throw new InvalidOperationException(string.Join("; ", outcome.Problems.Select(one => one.Problem.Code)));
        }
    }

    private static async Task<TicketId> OpenAsync(IServiceProvider services, PersonId requester)
    {
        var desk = services
            .GetRequiredService<ICurrentConfiguration>()
            .Snapshot.All<DeskDocument>()
            .First(desk => desk.Types.Count > 0);
        var open = new OpenTicket(
            desk.Id,
            desk.Types[0],
            null,
            "The printer is on fire",
            "It smells.",
            requester,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Api
        );
        var answer = await services
            .GetRequiredService<ITicketGrains>()
            .OpenAsync(new CommandEnvelope(open, Actor.System));
        return answer.Ticket!.State.Id;
    }

    // The reader of the handlers as the server has it, without its waiting.
    private sealed class Pump(IServiceProvider services)
    {
        private readonly ReactionReader reader = services
            .GetRequiredService<ReactionReaderFactory>()
            .Create(new PumpedReaction(ScriptHandlers.Name, typeof(ScriptHandlers)));

        public async Task WorkAsync()
        {
            while (await reader.WorkAsync(CancellationToken.None) == ReadingState.MoreToRead) { }

            await reader.QuietAsync();
        }
    }
}
