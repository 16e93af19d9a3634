using System.Diagnostics;
using System.Globalization;
using NodaTime;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Http;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Benchmarks.Reporting;

namespace ServiceDesk.Benchmarks.Timers;

/// <summary>
/// A very large desk whose clocks end at an even pace: how late each is recorded as broken, whether memory stays, and, where
/// servers that share the database are killed, whether each is recorded once all the same.
/// </summary>
internal static class FiringBenchmark
{
    private const double MostLateMilliseconds = 2_000;
    private const double MostGrowth = 1.15;
    private static readonly TimeSpan MemoryLooks = TimeSpan.FromSeconds(1);

    // What a killed server had claimed is taken over when its lease ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // The database that commits and the servers that start want this before the first is due.
    private static readonly Duration Preparing = Duration.FromSeconds(60);
    private const int FilledInASecond = 500;

    public static async Task RunAsync(FiringPlan plan, string folder, string? postgreSql)
    {
        var site = await Site.PrepareAsync(
            folder,
            postgreSql,
            $"firing_{plan.Clocks}",
            new FillingPlan(plan.Clocks / 2, Now(), FilledPromises.Running)
        );
        var first = Now() + Preparing + (Duration.FromSeconds(plan.Ending) / FilledInASecond);
        await site.AddAsync(
            new FillingPlan(plan.Ending, first, FilledPromises.Paced)
            {
                Pace = Duration.FromSeconds(1) / plan.PerSecond,
            }
        );
        await using var log = new BreachLog(site.Storage);
        await log.BeginAsync();
        await using var nodes = await Nodes.StartAsync(site, plan.Nodes);
        if (Now() > first)
        {
            throw new InvalidOperationException("Filling took longer than was thought; give fewer seconds.");
        }

        await Task.Delay((first - Now()).ToTimeSpan());
        await MeasureAsync(plan, log, nodes);
        Report.Write(Console.Out, GoalsOf(plan, log, nodes));
    }

    private static async Task MeasureAsync(FiringPlan plan, BreachLog log, Nodes nodes)
    {
        var (memory, kill) = (TimeSpan.Zero, plan.Kill ?? TimeSpan.MaxValue);
        await log.ReadAsync(
            plan.Ending,
            plan.Span + Patience,
            async gone =>
            {
                if (plan.Kill is null && gone >= memory && gone <= plan.Span)
                {
                    nodes.NoteMemory();
                    memory += MemoryLooks;
                }

                if (gone >= kill && gone <= plan.Span)
                {
                    kill += plan.Kill!.Value;
                    await nodes.KillOneAsync();
                }
            }
        );
    }

    private static IEnumerable<Goal> GoalsOf(FiringPlan plan, BreachLog log, Nodes nodes)
    {
        var late = log.Lateness(plan.Span);
        if (plan.Kill is null)
        {
            yield return new Goal(
                $"{plan.PerSecond} clocks a second end beside {plan.Clocks}: lateness p99 under {MostLateMilliseconds} ms",
                Text($"median {late.Median:0} ms, p95 {late.P95:0} ms, p99 {late.P99:0} ms"),
                late.P99 < MostLateMilliseconds
            );
            var (early, end) = nodes.MemoryAtThirdAndEnd();
            yield return new Goal(
                $"memory at the end at most {MostGrowth} times that after a third",
                Text($"{early:0} MiB, then {end:0} MiB"),
                end <= early * MostGrowth
            );
        }

        yield return new Goal(
            Text($"{plan.Nodes} servers, {nodes.Killed} kills: each of {plan.Ending} clocks recorded once"),
            Text($"{log.Clocks} recorded, {log.Twice} twice; lateness median {late.Median:0} ms, p99 {late.P99:0} ms"),
            log.Clocks == plan.Ending && log.Twice == 0
        );
    }

    private static Instant Now() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
