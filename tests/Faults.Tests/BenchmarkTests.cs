namespace ServiceDesk.Faults.Tests;

/// <summary>The benchmark of the whole product starts the real server too; here on a desk so small that it measures nothing.</summary>
public sealed class BenchmarkTests
{
    private static readonly string Benchmarks = Path.GetFullPath(
        Path.Combine(
            "..",
            "..",
            "Benchmarks",
            Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')),
            "ServiceDesk.Benchmarks.dll"
        ),
        AppContext.BaseDirectory
    );

    [Fact]
    public async Task The_benchmark_fills_a_desk_and_tells_of_every_goal()
    {
        var told = await RunAsync("http --tickets 50 --clients 1,2 --rounds 1 --seconds 0.05 --starts 1 --settle 0");

        Assert.Contains("| bare commit of a row | 2 |", told, StringComparison.Ordinal);
        Assert.Contains("| search: part of a Korean word | 1 |", told, StringComparison.Ordinal);
        Assert.Matches(
            "(met|NOT MET) +opening with 2 clients at least a quarter of the bare commit rate: [0-9.]+\n",
            told
        );
        Assert.Matches("(met|NOT MET) +idle with 50 tickets under 250 MiB: [1-9][0-9]* MiB resident", told);
    }

    [Theory]
    [InlineData("timers --timers 60", "met +each once: 60 recorded, 0 twice")]
    [InlineData("backtest --tickets 200 --rounds 1", "[1-9][0-9]* events")]
    [InlineData("promises --tickets 200 --seconds 0.05", "goals, 30 days +[0-9.]+/s")]
    public async Task The_benchmarks_of_promises_tell_what_they_measured(string arguments, string told) =>
        Assert.Matches(told, await RunAsync(arguments));

    private static async Task<string> RunAsync(string arguments)
    {
        var folder = Directory.CreateTempSubdirectory("servicedesk-benchmark-");
        try
        {
            return await Tool.RunWellAsync(
                Tool.Of("dotnet", [Benchmarks, .. arguments.Split(' '), "--data", folder.FullName])
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
