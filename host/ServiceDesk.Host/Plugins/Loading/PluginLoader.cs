using System.Reflection;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Manifests;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Loads plugins at start, each in its own load context. Whatever one does, the others load and the server lives.</summary>
public sealed class PluginLoader(PluginLoaderOptions options, PluginMarks marks)
{
    /// <summary>Finds and loads everything.</summary>
    public PluginCatalog Load()
    {
        var found = PluginDiscovery.Find(options.Roots);
        var byId = found.ToDictionary(plugin => plugin.Id, StringComparer.Ordinal);
        var sorted = LoadOrder.Sort([.. found.Where(plugin => plugin.Manifest is not null)]);
        var loaded = new List<InstalledPlugin>();
        foreach (var plugin in sorted)
        {
            if (WhyNot(plugin, byId) is var (state, reason))
            {
                plugin.Fail(state, reason);
                continue;
            }

            Load(plugin, loaded);
            if (plugin.State == PluginLoadState.Loaded)
            {
                loaded.Add(plugin);
            }
        }

        return new PluginCatalog(found, loaded);
    }

    private (PluginLoadState, PluginReason)? WhyNot(InstalledPlugin plugin, Dictionary<string, InstalledPlugin> all)
    {
        if (marks.IsDisabled(plugin.Id))
        {
            return (PluginLoadState.Disabled, PluginReason.Of("plugins.reason.disabled"));
        }

        if (marks.Quarantine(plugin.Id) is { } quarantine)
        {
            return (PluginLoadState.Crashed, quarantine);
        }

        if (VersionRange.TryParse(plugin.Manifest!.Sdk, out var range) && !range.Contains(options.SdkVersion))
        {
            return (
                PluginLoadState.Incompatible,
                PluginReason.Of("plugins.reason.sdk", plugin.Manifest.Sdk, options.SdkVersion.ToString())
            );
        }

        return LoadOrder.MissingDependency(plugin, all) is { } missing
            ? (PluginLoadState.MissingDependency, missing)
            : null;
    }

    private void Load(InstalledPlugin plugin, List<InstalledPlugin> loaded)
    {
        PluginReason? reason;
        using (marks.Loading(plugin.Id))
        {
            var (contents, fault) = StartLimit.Run(
                options.StartLimit,
                () =>
                {
                    var filled = Configure(plugin, loaded);
                    PluginRules.Check(plugin, filled, loaded);
                    return filled;
                }
            );
            if (contents is not null)
            {
                plugin.Load(contents);
                return;
            }

            reason = fault ?? PluginReason.Of("plugins.reason.hangs", $"{options.StartLimit.TotalSeconds:0}");
            marks.SetQuarantine(plugin.Id, reason);
        }

        plugin.Fail(PluginLoadState.Crashed, reason);
    }

    private PluginContents Configure(InstalledPlugin plugin, List<InstalledPlugin> loaded)
    {
        var assembly = LoadAssembly(plugin, loaded);
        var entries = assembly
            .GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => typeof(IServiceDeskPlugin).IsAssignableFrom(type))
            .ToList();
        if (entries.Count != 1 || entries[0].GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginRefusedException(PluginReason.Of("plugins.reason.no-entry", plugin.Manifest!.Assembly));
        }

        var contents = new PluginContents(assembly);
        var entry = (IServiceDeskPlugin)Activator.CreateInstance(entries[0])!;
        entry.Configure(new PluginBuilder(plugin.Manifest!, contents, plugin.Health));
        return contents;
    }

    private Assembly LoadAssembly(InstalledPlugin plugin, List<InstalledPlugin> loaded)
    {
        var path = Path.Combine(plugin.Folder, plugin.Manifest!.Assembly);
        if (options.InProcess.TryGetValue(Path.GetFileNameWithoutExtension(path), out var already))
        {
            return already;
        }

        if (!File.Exists(path))
        {
            throw new PluginRefusedException(PluginReason.Of("plugins.reason.no-assembly", plugin.Manifest.Assembly));
        }

        var dependencies = loaded
            .Where(other => plugin.Manifest.Dependencies.ContainsKey(other.Id))
            .Select(other => other.Contents!.Assembly)
            .ToList();
        return new PluginLoadContext(plugin.Id, path, dependencies).LoadFromAssemblyPath(path);
    }
}
