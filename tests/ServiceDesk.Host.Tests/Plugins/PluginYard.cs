using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Host.Plugins.Quarantine;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>A data folder and a plugin folder of their own, filled with compiled test plugins.</summary>
internal sealed class PluginYard : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("servicedesk-plugins-").FullName;

    public PluginYard(params string[] plugins)
    {
        Directory.CreateDirectory(Installed);
        foreach (var plugin in plugins)
        {
            Install(plugin);
        }
    }

    /// <summary>Where the build puts the plugins of <c>tests/TestPlugins</c>.</summary>
    public static string Built { get; } = Path.GetFullPath("../../../test-plugins", AppContext.BaseDirectory);

    public string Installed => Path.Combine(root, "plugins");

    public string Marks => Path.Combine(root, "marks");

    public PluginMarks NewMarks() => new(Marks);

    public PluginCatalog Load(TimeSpan? limit = null) =>
        new PluginLoader(
            new PluginLoaderOptions
            {
                Roots = [Installed],
                MarksFolder = Marks,
                StartLimit = limit ?? TimeSpan.FromSeconds(30),
            },
            NewMarks()
        ).Load();

    /// <summary>Installs a compiled plugin, under another folder name where given.</summary>
    public void Install(string plugin, string? folder = null) =>
        Copy(Path.Combine(Built, plugin), Path.Combine(Installed, folder ?? plugin));

    /// <summary>Installs a plugin of the product.</summary>
    public void InstallShipped(string plugin) =>
        Copy(Path.GetFullPath($"../../../plugins/{plugin}", AppContext.BaseDirectory), Path.Combine(Installed, plugin));

    /// <summary>Makes a folder with nothing but this manifest.</summary>
    public void Write(string folder, string manifest)
    {
        Directory.CreateDirectory(Path.Combine(Installed, folder));
        File.WriteAllText(Path.Combine(Installed, folder, "plugin.json"), manifest);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
