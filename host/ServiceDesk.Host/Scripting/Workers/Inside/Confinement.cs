using System.Runtime.InteropServices;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>
/// What a worker gives up before it runs anything: writing files, dumping its memory, gaining rights. A second wall behind the
/// engine, which shows scripts nothing of the machine. On Windows the server puts its workers into job objects instead.
/// </summary>
internal static class Confinement
{
    private const int FileSize = 1;
    private const int CoreSize = 4;
    private const int NoNewPrivileges = 38;

    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var nothing = new Limit(0, 0);
        _ = SetLimit(FileSize, in nothing);
        _ = SetLimit(CoreSize, in nothing);
        _ = Control(NoNewPrivileges, 1, 0, 0, 0);
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetLimit(int resource, in Limit limit);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Soft, nuint Hard);
}
