using System.Diagnostics;
using NodaTime;
using ServiceDesk.Benchmarks.Bare;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Measuring;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Benchmarks.Reporting;

namespace ServiceDesk.Benchmarks.Http;

/// <summary>
/// The whole product as people meet it: the built server as a process of its own, asked over HTTP, on filled databases. In
/// the same rounds the database's bare commits and a bare web server's answers, so that what the machine does meanwhile
/// touches both sides of a ratio. Times are those of the client, with nothing taken off.
/// </summary>
internal static class HttpBenchmark
{
    public const string BareAnswer = "bare Kestrel: hello";
    public const string BareCommit = "bare commit of a row";

    public static async Task RunAsync(HttpPlan plan)
    {
        var sizes = new List<SizeResult>();
        foreach (var tickets in plan.Sizes)
        {
            var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
            var site = await Site.PrepareAsync(
                plan.Folder,
                plan.PostgreSql,
                $"benchmark_{tickets}",
                new FillingPlan(tickets, now)
            );
            var result = new SizeResult(tickets);
            await using var server = await StartAsync(site, plan, result);
            await MeasureAsync(server, site, plan, result);
            Report.Write(Console.Out, result);
            sizes.Add(result);
        }

        Report.Write(Console.Out, Goals.Of(sizes));
    }

    private static async Task<ChildServer> StartAsync(Site site, HttpPlan plan, SizeResult result)
    {
        while (true)
        {
            var server = await site.StartAsync();
            using var client = Clients.Of(site.Address);
            await client.GetStringAsync("/sign-in");
            result.Starts.Add(Stopwatch.GetElapsedTime(server.StartedAt).TotalSeconds);
            if (result.Starts.Count == plan.Starts)
            {
                await Task.Delay(plan.Settling);
                await server.RestAsync();
                result.Idle = server.Memory;
                return server;
            }

            await server.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(ChildServer server, Site site, HttpPlan plan, SizeResult result)
    {
        var address = Programs.FreeAddress();
        await using var hello = await ChildServer.StartAsync(Programs.Self("hello", "--address", address));
        using var bare = Clients.Of(address);
        using var workload = await Workload.StartAsync(site);
        await using var commits = await BareCommits.OpenAsync(site.Storage, plan.Clients.Max());
        var works = workload.Works.Where(work => plan.Takes(work.Name)).ToList();
        foreach (var work in works)
        {
            await Latencies.MeasureAsync(plan.Clients.Max(), plan.Span, work.RunAsync);
        }

        for (var round = 0; round < plan.Rounds; round++)
        {
            foreach (var clients in plan.Clients)
            {
                await OneAsync(hello, new Work(BareAnswer, Reads: true, _ => bare.GetStringAsync("/")), clients, round);
                foreach (var work in works)
                {
                    if (work == works.Find(one => !one.Reads))
                    {
                        await OneAsync(null, new Work(BareCommit, Reads: false, commits.CommitAsync), clients, round);
                    }

                    await OneAsync(server, work, clients, round);
                }
            }
        }

        result.Worked = server.Memory;

        async Task OneAsync(ChildServer? process, Work work, int clients, int round)
        {
            const int apart = 1_000_003;
            var before = process?.ProcessorTime ?? TimeSpan.Zero;
            var latencies = await Latencies.MeasureAsync(
                clients,
                plan.Span,
                work.RunAsync,
                0,
                (round + clients) * apart
            );
            var spent = (process?.ProcessorTime ?? TimeSpan.Zero) - before;
            result
                .For(work.Name, clients, work.Reads)
                .Add(latencies, spent.TotalMilliseconds / Math.Max(1, latencies.Runs));
        }
    }
}

/// <summary>What is measured, and how long.</summary>
internal sealed record HttpPlan
{
    /// <summary>Tickets in each database.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>How many ask at once.</summary>
    public required IReadOnlyList<int> Clients { get; init; }

    public required int Rounds { get; init; }

    /// <summary>How long each thing is measured in each round.</summary>
    public required TimeSpan Span { get; init; }

    /// <summary>How often the server is started; the last one stays.</summary>
    public required int Starts { get; init; }

    /// <summary>How long nothing is asked before idle memory is read.</summary>
    public required TimeSpan Settling { get; init; }

    /// <summary>Where data folders are made, and found by the next run.</summary>
    public required string Folder { get; init; }

    /// <summary>A connection that may create databases; null takes SQLite.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>Measures only what has this in its name; null takes all.</summary>
    public string? Only { get; init; }

    public bool Takes(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
