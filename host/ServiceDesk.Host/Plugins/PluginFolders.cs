using ServiceDesk.Host.Plugins.Loading;

namespace ServiceDesk.Host.Plugins;

/// <summary>Where plugins lie: installed by an administrator in the data folder, shipped beside the program, or just built.</summary>
public static class PluginFolders
{
    /// <summary>The loader's options for a process.</summary>
    public static PluginLoaderOptions Options(HostOptions host) =>
        new()
        {
            Roots = [Path.Combine(host.DataFolder, "plugins"), Shipped(host)],
            InProcess = host.PluginsInProcess.ToDictionary(
                assembly => assembly.GetName().Name!,
                StringComparer.OrdinalIgnoreCase
            ),
            MarksFolder = Path.Combine(host.DataFolder, "plugin-marks"),
        };

    /// <summary>The given folder; in a development tree, where nothing lies beside the program, the one that the build fills.</summary>
    private static string Shipped(HostOptions host)
    {
        var bin = Path.GetFullPath("../..", AppContext.BaseDirectory);
        var built = Path.GetFullPath("../plugins", bin);
        return
            !Directory.Exists(host.PluginFolder)
            && Path.GetFileName(bin.TrimEnd('/', '\\')) == "bin"
            && Directory.Exists(built)
            ? built
            : host.PluginFolder;
    }
}
