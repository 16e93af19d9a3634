using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Benchmarks.Bare;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Bulk;

/// <summary>
/// How many tickets a second a bulk edit looks at, changes (priority, team, a label and a note) and takes back, each with its
/// SLA, search text and record, beside what the database commits alone on the same disk.
/// </summary>
internal static class BulkBenchmark
{
    private const int Writers = 8;

    public static async Task RunAsync(string folder, string? postgres, IReadOnlyList<int> sizes)
    {
        var options = new HostOptions
        {
            DataFolder = folder,
            Database = postgres is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
            Connection = postgres,
            Urls = ["http://127.0.0.1:0"],
            PluginFolder = Programs.PluginFolder,
            Node = "benchmark",
            LogLevel = "error",
        };
        await using var app = Server.Build(options, TextWriter.Null);
        await app.PrepareAsync();
        var services = app.Services;
        var people = services.GetRequiredService<IPeopleStore>();
        var agent = await people.CreateAsync(
            new NewPerson(
                "Ann Agent",
                $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}@example.test",
                "agent"
            )
        );
        var team = await people.CreateTeamAsync($"Bulk {RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        var changes = new BulkChanges
        {
            Priority = Priority.Critical,
            Team = new BulkTo<TeamId>(team.Id),
            AddLabels = ["bulk"],
            Comment = "Changed with many others.",
        };
        var bare = await BareAsync(options);
        foreach (var size in sizes)
        {
            var tickets = await OpenAsync(app, agent.Id, size);
            var runs = services.GetRequiredService<IBulkRuns>();
            var id = await runs.AddAsync(agent.Id, null, tickets, Now(app));
            await runs.SayAsync(id, changes, run: false, Now(app));
            var looked = await TimedAsync(app, id, size);
            await runs.RunAsync(id, Now(app));
            var done = await TimedAsync(app, id, size);
            var undo = (await runs.UndoAsync(id, agent.Id, Now(app)))!.Value;
            var undone = await TimedAsync(app, undo, size);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"bulk: {size, 6} tickets: preview {looked, 6:0}, edit {done, 6:0}, undo {undone, 6:0} tickets a second; bare commits {bare, 6:0} a second ({done / bare:0.00})"
                )
            );
        }
    }

    private static async Task<double> TimedAsync(WebApplication app, long run, int size)
    {
        var started = Stopwatch.GetTimestamp();
        await app.Services.GetRequiredService<BulkWork>().RunAsync(run, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(started);
        var found = (await app.Services.GetRequiredService<IBulkRuns>().FindAsync(run))!;
        var counts = await app.Services.GetRequiredService<IBulkRuns>().CountAsync(run, found.IsPreview);
        return counts.GetValueOrDefault(BulkOutcome.Changes) == size
            ? size / took.TotalSeconds
            : throw new InvalidOperationException($"Not all tickets changed: {string.Join(", ", counts)}.");
    }

    private static async Task<double> BareAsync(HostOptions options)
    {
        const int commits = 4_000;
        await using var bare = await BareCommits.OpenAsync(
            new StorageOptions
            {
                Provider = options.Database,
                Connection = options.Connection,
                DataFolder = options.DataFolder,
            },
            Writers
        );
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(
            0,
            commits,
            new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (number, _) => await bare.CommitAsync(number)
        );
        return commits / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<IReadOnlyList<TicketId>> OpenAsync(WebApplication app, PersonId requester, int count)
    {
        var grains = app.Services.GetRequiredService<ITicketGrains>();
        var desk = app
            .Services.GetRequiredService<ICurrentConfiguration>()
            .Snapshot.All<DeskDocument>()
            .First(desk => desk.Types.Contains("incident"));
        var opened = new TicketId[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (number, cancellation) =>
            {
                var open = new OpenTicket(
                    desk.Id,
                    "incident",
                    null,
                    $"Ticket {number}",
                    "It smells.",
                    requester,
                    null,
                    null,
                    ValueMap<FieldValue>.Empty,
                    Channel.Api
                );
                var answer = await grains.OpenAsync(new CommandEnvelope(open, Actor.System), cancellation);
                opened[number] = answer.Ticket!.State.Id;
            }
        );
        return opened;
    }

    private static Instant Now(WebApplication app) => app.Services.GetRequiredService<IClock>().GetCurrentInstant();
}
