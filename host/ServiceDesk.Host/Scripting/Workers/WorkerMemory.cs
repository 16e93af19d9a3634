using System.Diagnostics;
using System.Globalization;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>How much memory of its own a process has: what it would give back if it ended.</summary>
internal static class WorkerMemory
{
    private const string Anonymous = "RssAnon:";

    /// <summary>Bytes; 0 when it has ended.</summary>
    public static long Of(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return OnLinux(process.Id);
            }

            process.Refresh();
            return OperatingSystem.IsWindows() ? process.PrivateMemorySize64 : process.WorkingSet64;
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException)
        {
            return 0;
        }
    }

    // "RssAnon:	   12345 kB". The private size that .NET tells on Linux counts what is only reserved.
    private static long OnLinux(int id)
    {
        var line = File.ReadLines($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status")
            .FirstOrDefault(line => line.StartsWith(Anonymous, StringComparison.Ordinal));
        return
            line is not null
            && long.TryParse(
                line.AsSpan(Anonymous.Length).Trim().TrimEnd(" kB"),
                CultureInfo.InvariantCulture,
                out var kb
            )
            ? kb * 1024
            : 0;
    }
}
