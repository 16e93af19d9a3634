using ServiceDesk.Host.Plugins.Manifests;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Finds the plugins' folders.</summary>
internal static class PluginDiscovery
{
    /// <summary>Every folder with a manifest, and every folder that should have one, once per id.</summary>
    public static IReadOnlyList<InstalledPlugin> Find(IEnumerable<string> roots) =>
        [
            .. roots
                .Where(Directory.Exists)
                .SelectMany(root => Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
                .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
                .Select(Read)
                .GroupBy(plugin => plugin.Id, StringComparer.Ordinal)
                .Select(same => same.OrderByDescending(VersionOf).First())
                .OrderBy(plugin => plugin.Id, StringComparer.Ordinal),
        ];

    private static InstalledPlugin Read(string folder)
    {
        var full = Path.GetFullPath(folder);
        var (manifest, fault) = ManifestReader.Read(full);
        var plugin = new InstalledPlugin(manifest?.Id ?? Path.GetFileName(full), full, manifest);
        if (fault is not null)
        {
            plugin.Fail(Sdk.Plugins.PluginLoadState.Crashed, fault);
        }

        return plugin;
    }

    private static SemanticVersion VersionOf(InstalledPlugin plugin) =>
        SemanticVersion.TryParse(plugin.Manifest?.Version, out var version) ? version : default;
}
