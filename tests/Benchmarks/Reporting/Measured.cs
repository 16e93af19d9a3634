using ServiceDesk.Benchmarks.Measuring;

namespace ServiceDesk.Benchmarks.Reporting;

/// <summary>One thing measured in several rounds. Each number is the median of the rounds, since a machine is never quite idle.</summary>
internal sealed class Measured(string name, int clients, bool reads)
{
    private readonly List<(Latencies Latencies, double Processor)> rounds = [];

    public string Name => name;

    public int Clients => clients;

    /// <summary>Whether it only reads.</summary>
    public bool Reads => reads;

    public double PerSecond => Of(round => round.Latencies.PerSecond);

    public double Median => Of(round => round.Latencies.Median);

    public double P95 => Of(round => round.Latencies.P95);

    /// <summary>Milliseconds of a processor that the server spent on one.</summary>
    public double Processor => Of(round => round.Processor);

    public void Add(Latencies latencies, double processor) => rounds.Add((latencies, processor));

    /// <summary>Its rate as a share of another's, round by round.</summary>
    public double ShareOf(Measured other) =>
        Middle(rounds.Zip(other.rounds, (mine, its) => mine.Latencies.PerSecond / its.Latencies.PerSecond));

    private double Of(Func<(Latencies Latencies, double Processor), double> number) => Middle(rounds.Select(number));

    private static double Middle(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}
