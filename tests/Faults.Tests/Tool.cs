using System.Diagnostics;

namespace ServiceDesk.Faults.Tests;

/// <summary>How a program ended.</summary>
public sealed record Ended(int Exit, string Output, string Error);

/// <summary>Runs programs.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>The built host.</summary>
    public static string Host { get; } =
        Path.GetFullPath(
            Path.Combine(
                "..",
                "..",
                "ServiceDesk.Host",
                Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')),
                "ServiceDesk.Host.dll"
            ),
            AppContext.BaseDirectory
        );

    /// <summary>The program with its arguments, each apart.</summary>
    public static ProcessStartInfo Of(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>The host with arguments.</summary>
    public static ProcessStartInfo OfHost(params IEnumerable<string> arguments) => Of("dotnet", [Host, .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static async Task<string> RunWellAsync(ProcessStartInfo start)
    {
        var ended = await RunAsync(start);
        Assert.True(
            ended.Exit == 0,
            $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {ended.Exit}:\n{ended.Output}\n{ended.Error}"
        );
        return ended.Output.Trim();
    }
}
