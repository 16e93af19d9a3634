using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Host;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Scripts;

/// <summary>How long a handler takes whose worker is warm: the run with its calls, commits and the note in the list of runs.</summary>
internal static class ScriptBenchmark
{
    private static readonly (string Name, string Source)[] Scripts =
    [
        ("nothing", "return 1;"),
        ("reads the ticket and searches once", "return ticket.summary + tickets.count('priority = high');"),
        ("writes a note", "ticket.note('Seen at ' + now);"),
        ("computes (100,000 statements)", "let n = 0; for (let i = 0; i < 25000; i++) { n += i % 7; } return n;"),
    ];

    public static async Task RunAsync(string folder, TimeSpan span)
    {
        var options = new HostOptions
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            PluginFolder = Programs.PluginFolder,
            Node = "benchmark",
            LogLevel = "error",
        };
        await using var app = Server.Build(options, TextWriter.Null);
        await app.PrepareAsync();
        var people = app.Services.GetRequiredService<IPeopleStore>();
        var agent = await people.CreateAsync(new NewPerson("Ann Agent", "ann@example.test", "agent"));
        foreach (var (name, source) in Scripts)
        {
            var ticket = await OpenAsync(app, agent.Id);
            var script = new ScriptDocument
            {
                Id = "benchmark",
                Name = LocalizedText.Of("Benchmark"),
                Use = ScriptUse.Called,
                Actor = agent.Email,
                Source = source,
            };
            var scripts = app.Services.GetRequiredService<IScriptRunner>();
            var measured = await Latencies.MeasureAsync(
                clients: 1,
                span,
                async _ =>
                {
                    var outcome = await scripts.RunAsync(
                        script,
                        0,
                        new ScriptOccasion("benchmark") { Ticket = ticket }
                    );
                    if (!outcome.IsDone)
                    {
                        throw new InvalidOperationException(outcome.Result.Error);
                    }
                }
            );
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"script: {name, -36} median {measured.Median, 8:0.00} ms   p95 {measured.P95, 8:0.00} ms"
                )
            );
        }
    }

    private static async Task<TicketId> OpenAsync(WebApplication app, PersonId requester)
    {
        var configuration = app.Services.GetRequiredService<Host.Configuration.ICurrentConfiguration>().Snapshot;
        var desk = configuration.All<DeskDocument>().FirstOrDefault(desk => desk.Types.Count > 0);
        if (desk is null)
        {
            throw new InvalidOperationException("No desk has a ticket type: the plugins are missing.");
        }

        var answer = await app
            .Services.GetRequiredService<ITicketGrains>()
            .OpenAsync(
                new CommandEnvelope(
                    new OpenTicket(
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
                    ),
                    Actor.System
                )
            );
        return answer.Ticket!.State.Id;
    }
}
