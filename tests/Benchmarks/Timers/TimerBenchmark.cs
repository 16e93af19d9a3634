using System.Diagnostics;
using System.Globalization;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Http;
using ServiceDesk.Benchmarks.Reporting;

namespace ServiceDesk.Benchmarks.Timers;

/// <summary>
/// A server that stood still while promises fell due: from its start until the last of them is recorded as broken. The
/// tickets are all open and none is in memory.
/// </summary>
internal static class TimerBenchmark
{
    private const double MostSeconds = 60;
    private const int FilledInASecond = 200;
    private static readonly Duration FirstPreparing = Duration.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="beside">Tickets whose clocks go on running meanwhile; at least as many as there are customers.</param>
    public static async Task RunAsync(int timers, int beside, string folder, string? postgreSql)
    {
        var site = await Site.PrepareAsync(
            folder,
            postgreSql,
            $"timers_{timers}_{beside}",
            new FillingPlan(beside, Now(), FilledPromises.Running)
        );
        var due = await FillAsync(site, timers);
        await using var log = new BreachLog(site.Storage);
        await log.BeginAsync();
        await Task.Delay((due - Now()).ToTimeSpan());
        await using var server = await site.StartAsync();
        await log.ReadAsync(timers, Patience, _ => Task.CompletedTask);
        var seconds = Stopwatch.GetElapsedTime(server.StartedAt).TotalSeconds;
        Report.Write(
            Console.Out,
            [
                new Goal(
                    $"{timers} due at once, recorded as broken within {MostSeconds} s",
                    string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s, {timers / seconds:0} a second"),
                    seconds < MostSeconds
                ),
                new Goal(
                    "each once",
                    string.Create(CultureInfo.InvariantCulture, $"{log.Clocks} recorded, {log.Twice} twice"),
                    log.Clocks == timers && log.Twice == 0
                ),
            ]
        );
    }

    /// <summary>
    /// Adds what falls due at once, and has what plugins and reports keep of the openings done before the server stands still. A
    /// slow machine comes too late for that the first time; what fell due meanwhile is then recorded already, and it tries again
    /// with more time.
    /// </summary>
    private static async Task<Instant> FillAsync(Site site, int timers)
    {
        for (var preparing = FirstPreparing; ; preparing *= 2)
        {
            var due = Now() + preparing + (Duration.FromSeconds(timers) / FilledInASecond);
            await site.AddAsync(new FillingPlan(timers, due, FilledPromises.Paced) { Pace = Duration.FromTicks(1) });
            await site.WorkOffAsync();
            if (Now() < due)
            {
                return due;
            }

            await site.WorkOffAsync();
        }
    }

    private static Instant Now() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
