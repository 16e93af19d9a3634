using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ServiceDesk.Host.Scripting.Workers.Inside;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>How this program is started as a worker.</summary>
internal static class WorkerStart
{
    /// <summary>What to start. The worker's environment holds what its runtime needs and nothing of the server's.</summary>
    /// <param name="heap">The most bytes that its garbage collector takes.</param>
    public static ProcessStartInfo Info(long heap)
    {
        var assembly = typeof(WorkerStart).Assembly.Location;
        var itself = Environment.ProcessPath;
        var isItself = Path.GetFileNameWithoutExtension(itself) == Path.GetFileNameWithoutExtension(assembly);
        var info = new ProcessStartInfo(isItself || assembly.Length == 0 ? itself! : DotNet())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        if (!isItself && assembly.Length > 0)
        {
            info.ArgumentList.Add("exec");
            info.ArgumentList.Add(assembly);
        }

        info.ArgumentList.Add(ScriptWorker.Command);
        Fill(info.Environment, heap);
        return info;
    }

    private static void Fill(IDictionary<string, string?> environment, long heap)
    {
        var system = environment.TryGetValue("SystemRoot", out var root) ? root : null;
        environment.Clear();
        if (OperatingSystem.IsWindows())
        {
            environment["SystemRoot"] = system;
        }

        environment["DOTNET_ROOT"] = Root();
        environment["DOTNET_GCHeapHardLimit"] = heap.ToString("X", CultureInfo.InvariantCulture);
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_DbgEnableMiniDump"] = "0";
        environment["DOTNET_NOLOGO"] = "1";
    }

    // A runtime lies three folders below the program that starts it: shared/Microsoft.NETCore.App/10.0.0.
    private static string Root() => Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());

    private static string DotNet() => Path.Combine(Root(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
