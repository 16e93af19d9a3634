using System.Globalization;
using ServiceDesk.Benchmarks.Http;

namespace ServiceDesk.Benchmarks.Reporting;

/// <summary>Writes results as tables that a page of documentation takes as they are.</summary>
internal static class Report
{
    public static void Write(TextWriter to, SizeResult size)
    {
        to.WriteLine();
        to.WriteLine($"{size.Tickets} tickets");
        to.WriteLine();
        to.WriteLine("| what | clients | per second | median ms | p95 ms | server's processor ms | of bare |");
        to.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var one in size.All.OrderBy(one => one.Clients))
        {
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {one.Name} | {one.Clients} | {one.PerSecond:0} | {one.Median:0.0} | {one.P95:0.0} | {one.Processor:0.0} | {Share(size, one)} |"
                )
            );
        }

        to.WriteLine();
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"start to first page {string.Join(", ", size.Starts.Select(start => start.ToString("0.00", CultureInfo.InvariantCulture)))} s; memory idle {size.Idle.Resident:0} MiB ({size.Idle.Own:0} its own), after all this {size.Worked.Resident:0} MiB ({size.Worked.Own:0} its own)"
            )
        );
    }

    public static void Write(TextWriter to, IEnumerable<Goal> goals)
    {
        to.WriteLine();
        foreach (var goal in goals)
        {
            to.WriteLine(goal);
        }
    }

    // What writes is held against a bare commit, what reads against a bare answer.
    private static string Share(SizeResult size, Measured one)
    {
        var bare = size[one.Reads ? HttpBenchmark.BareAnswer : HttpBenchmark.BareCommit, one.Clients];
        return ReferenceEquals(bare, one) ? "1" : one.ShareOf(bare).ToString("0.000", CultureInfo.InvariantCulture);
    }
}
