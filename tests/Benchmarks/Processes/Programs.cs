using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace ServiceDesk.Benchmarks.Processes;

/// <summary>The programs that are measured.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>The server that is measured: the built one, of the same configuration as this program, unless another is told.</summary>
    public static string HostFile { get; set; } =
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

    /// <summary>The plugins of the server that is measured.</summary>
    public static string PluginFolder => Path.Combine(Path.GetDirectoryName(HostFile)!, "plugins");

    /// <summary>The host with arguments.</summary>
    public static ProcessStartInfo Host(params IEnumerable<string> arguments) => Of([HostFile, .. arguments]);

    /// <summary>This program with arguments.</summary>
    public static ProcessStartInfo Self(params IEnumerable<string> arguments) =>
        Of([Assembly.GetExecutingAssembly().Location, .. arguments]);

    /// <summary>An address on which nobody listens.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException(
                $"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{await output}\n{await error}"
            );
    }

    private static ProcessStartInfo Of(IEnumerable<string> arguments) =>
        new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
}
