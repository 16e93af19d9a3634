using System.Diagnostics;
using System.Globalization;

namespace ServiceDesk.Benchmarks.Processes;

/// <summary>How much memory a process has, in MiB.</summary>
/// <param name="Resident">What of it lies in memory, with files that are mapped into it and shared with others.</param>
/// <param name="Own">What of that is its own alone.</param>
internal sealed record MemoryUse(double Resident, double Own)
{
    private const double Mebibyte = 1024 * 1024;

    public static MemoryUse Of(Process process)
    {
        process.Refresh();
        var resident = process.WorkingSet64 / Mebibyte;
        return new MemoryUse(resident, Anonymous(process.Id) ?? process.PrivateMemorySize64 / Mebibyte);
    }

    // Elsewhere than on Linux the system's own count of private bytes is right; there it counts what was only reserved.
    private static double? Anonymous(int process)
    {
        var file = $"/proc/{process}/status";
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
        {
            return null;
        }

        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return line is null
            ? null
            : double.Parse(
                line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            ) / 1024;
    }
}
