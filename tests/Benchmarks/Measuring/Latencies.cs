using System.Diagnostics;

namespace ServiceDesk.Benchmarks.Measuring;

/// <summary>What many runs of one thing took.</summary>
internal sealed class Latencies(IReadOnlyList<double> milliseconds, double seconds)
{
    private readonly double[] sorted = [.. milliseconds.Order()];

    public int Runs => sorted.Length;

    public double PerSecond => sorted.Length / seconds;

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    private double At(double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];

    public override string ToString() =>
        FormattableString.Invariant($"{PerSecond, 9:0.0}/s   median {Median, 8:0.00} ms   p95 {P95, 8:0.00} ms");

    /// <summary>Runs something over and over, several at once, after a few runs that do not count.</summary>
    public static async Task<Latencies> MeasureAsync(
        int clients,
        TimeSpan span,
        Func<int, Task> run,
        int warmUps = 20,
        int first = 0
    )
    {
        var number = first;
        for (var i = 0; i < warmUps; i++)
        {
            await run(number++);
        }

        var all = new List<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ClientAsync()));
        return new Latencies(all, watch.Elapsed.TotalSeconds);

        async Task ClientAsync()
        {
            var own = new List<double>();
            while (watch.Elapsed < span)
            {
                var start = Stopwatch.GetTimestamp();
                await run(Interlocked.Increment(ref number));
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            lock (all)
            {
                all.AddRange(own);
            }
        }
    }
}
