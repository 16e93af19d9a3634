using ServiceDesk.Host.Plugins.Manifests;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Puts plugins behind those that they depend on.</summary>
internal static class LoadOrder
{
    /// <summary>The plugins in an order in which each stands behind its dependencies; those on a cycle are failed and left out.</summary>
    public static IReadOnlyList<InstalledPlugin> Sort(IReadOnlyCollection<InstalledPlugin> plugins)
    {
        var byId = plugins.ToDictionary(plugin => plugin.Id, StringComparer.Ordinal);
        var sorted = new List<InstalledPlugin>();
        var waiting = plugins.ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting
                .Where(plugin =>
                    DependenciesOf(plugin).All(id => !byId.TryGetValue(id, out var d) || sorted.Contains(d))
                )
                .ToList();
            if (ready.Count == 0)
            {
                FailCycles(waiting, byId);
                break;
            }

            sorted.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }

        return sorted;
    }

    /// <summary>Why a plugin's dependencies are not there; null when they are.</summary>
    public static PluginReason? MissingDependency(
        InstalledPlugin plugin,
        IReadOnlyDictionary<string, InstalledPlugin> all
    )
    {
        foreach (var (id, text) in plugin.Manifest!.Dependencies)
        {
            if (!all.TryGetValue(id, out var dependency))
            {
                return PluginReason.Of("plugins.reason.dependency-missing", id);
            }

            if (
                VersionRange.TryParse(text, out var range)
                && SemanticVersion.TryParse(dependency.Manifest?.Version, out var version)
                && !range.Contains(version)
            )
            {
                return PluginReason.Of("plugins.reason.dependency-version", id, text, dependency.Manifest!.Version);
            }

            if (dependency.State != PluginLoadState.Loaded)
            {
                return PluginReason.Of("plugins.reason.dependency-not-loaded", id);
            }
        }

        return null;
    }

    private static void FailCycles(List<InstalledPlugin> waiting, Dictionary<string, InstalledPlugin> byId)
    {
        foreach (var plugin in waiting)
        {
            var onCycle = Reaches(plugin, plugin.Id, byId, []);
            plugin.Fail(
                PluginLoadState.MissingDependency,
                onCycle
                    ? PluginReason.Of("plugins.reason.cycle", string.Join(", ", waiting.Select(other => other.Id)))
                    : PluginReason.Of(
                        "plugins.reason.dependency-not-loaded",
                        DependenciesOf(plugin).First(id => waiting.Exists(other => other.Id == id))
                    )
            );
        }
    }

    private static bool Reaches(
        InstalledPlugin from,
        string id,
        Dictionary<string, InstalledPlugin> byId,
        HashSet<string> seen
    ) =>
        DependenciesOf(from)
            .Any(next =>
                next == id
                || (seen.Add(next) && byId.TryGetValue(next, out var plugin) && Reaches(plugin, id, byId, seen))
            );

    private static IEnumerable<string> DependenciesOf(InstalledPlugin plugin) =>
        plugin.Manifest?.Dependencies.Keys ?? [];
}
