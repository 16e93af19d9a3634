using System.Text.Json;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Access;

/// <summary>The permissions that there are: of the product, of plugins that work, and of those that are installed and only do not work now.</summary>
public sealed class KnownPermissions(PluginCatalog plugins, ISettingStore settings)
{
    /// <summary>The name of the setting that says which permissions of a plugin were given to roles.</summary>
    public const string Granted = "granted-permissions";

    /// <summary>The owner of a plugin's settings.</summary>
    public static string OwnerOf(string plugin) => $"plugin:{plugin}";

    /// <summary>Their ids.</summary>
    public async Task<IReadOnlySet<string>> AllAsync(CancellationToken cancellation)
    {
        var known = new HashSet<string>(
            Permissions.All.Concat(plugins.Permissions.Select(permission => permission.Id)),
            StringComparer.Ordinal
        );
        foreach (var away in plugins.All.Except(plugins.Loaded))
        {
            if (await settings.FindAsync(OwnerOf(away.Id), Granted, cancellation) is { } granted)
            {
                known.UnionWith(JsonSerializer.Deserialize<string[]>(granted.Json) ?? []);
            }
        }

        return known;
    }
}
