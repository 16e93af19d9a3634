using System.Globalization;
using ServiceDesk.Benchmarks.Http;

namespace ServiceDesk.Benchmarks.Reporting;

/// <summary>What was promised, and whether it is kept.</summary>
/// <param name="Promise">What, with its limit.</param>
/// <param name="Found">What was found.</param>
/// <param name="IsMet">Whether it is within the limit.</param>
internal sealed record Goal(string Promise, string Found, bool IsMet)
{
    public override string ToString() => $"{(IsMet ? "met    " : "NOT MET")}  {Promise}: {Found}";
}

/// <summary>The budgets of the design, held against what was measured.</summary>
internal static class Goals
{
    private const double LeastShareOfCommits = 0.25;
    private const double MostMilliseconds = 30;
    private const double MostGrowth = 2;
    private const double MostSecondsToStart = 3;
    private const double MostMemory = 250;

    public static IEnumerable<Goal> Of(IReadOnlyList<SizeResult> sizes)
    {
        var largest = sizes.MaxBy(size => size.Tickets)!;
        foreach (var opening in largest.All.Where(one => one.Name == Workload.Opening))
        {
            var share = opening.ShareOf(largest[HttpBenchmark.BareCommit, opening.Clients]);
            yield return new Goal(
                $"opening with {Many(opening.Clients)} at least a quarter of the bare commit rate",
                Text($"{share:0.00}"),
                share >= LeastShareOfCommits
            );
        }

        foreach (
            var read in largest.All.Where(one => one is { Reads: true, Clients: 1, Name: not HttpBenchmark.BareAnswer })
        )
        {
            yield return new Goal(
                $"{read.Name}, {largest.Tickets} tickets: p95 under {MostMilliseconds} ms",
                Text($"{read.P95:0.0} ms"),
                read.P95 < MostMilliseconds
            );
        }

        foreach (var goal in sizes.Count > 1 ? Flat(sizes.MinBy(size => size.Tickets)!, largest) : [])
        {
            yield return goal;
        }

        var start = largest.Starts.Order().ElementAt(largest.Starts.Count / 2);
        yield return new Goal(
            $"start to first page under {MostSecondsToStart} s",
            Text($"{start:0.00} s"),
            start < MostSecondsToStart
        );
        yield return new Goal(
            $"idle with {largest.Tickets} tickets under {MostMemory} MiB",
            Text($"{largest.Idle.Resident:0} MiB resident, {largest.Idle.Own:0} MiB its own"),
            largest.Idle.Resident < MostMemory
        );
    }

    private static IEnumerable<Goal> Flat(SizeResult small, SizeResult large) =>
        large
            .All.Where(one => one is { Clients: 1, Name: not (HttpBenchmark.BareAnswer or HttpBenchmark.BareCommit) })
            .Select(one => (one.Name, Growth: one.Median / small[one.Name, 1].Median))
            .Select(one => new Goal(
                $"{one.Name}: from {small.Tickets} to {large.Tickets} tickets within {MostGrowth} times",
                Text($"{one.Growth:0.0} times"),
                one.Growth <= MostGrowth
            ));

    private static string Many(int clients) => clients == 1 ? "1 client" : $"{clients} clients";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
