using System.Collections.Concurrent;
using System.Reflection;
using ServiceDesk.Host;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Storage;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// What every ordinary server of a test process does alike at its start, done once: the first one's embedded database, with its
/// tables and the documents of product and plugins, is where the others begin, and they share the plugins that it loaded.
/// One with services of its own begins there too; one that differs by its plugins or its time goes the whole way itself.
/// </summary>
internal sealed class PreparedInstallation
{
    private static readonly ConcurrentDictionary<string, PreparedInstallation> All = new(StringComparer.Ordinal);

    private readonly Lock gate = new();
    private Dictionary<string, byte[]>? database;
    private IReadOnlyList<Assembly> plugins = [];

    /// <summary>That of all servers with the same key.</summary>
    public static PreparedInstallation Of(string key) => All.GetOrAdd(key, _ => new PreparedInstallation());

    /// <summary>Before a server is built: puts the database into its empty data folder and names the loaded plugins, once there was a first one.</summary>
    public HostOptions Begin(HostOptions options)
    {
        lock (gate)
        {
            if (database is null)
            {
                return options;
            }

            foreach (var (name, content) in database)
            {
                File.WriteAllBytes(Path.Combine(options.DataFolder, name), content);
            }

            return options with
            {
                PluginsInProcess =
                [
                    .. options.PluginsInProcess.Concat(plugins).DistinctBy(assembly => assembly.GetName().Name),
                ],
            };
        }
    }

    /// <summary>After a server was prepared and before anything happens on it: keeps what the others begin with.</summary>
    public void Keep(HostOptions options, PluginCatalog catalog)
    {
        lock (gate)
        {
            if (database is not null)
            {
                return;
            }

            // Nothing is written before a server is started: the file and what was written last beside it fit together.
            var file = options.Storage.SqliteFile;
            database = new[] { file, $"{file}-wal" }
                .Where(File.Exists)
                .ToDictionary(path => Path.GetFileName(path), Read, StringComparer.Ordinal);
            plugins = [.. catalog.Loaded.Select(plugin => plugin.Contents!.Assembly)];
        }
    }

    // The server has it open for writing.
    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
