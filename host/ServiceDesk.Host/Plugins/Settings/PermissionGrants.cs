using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Plugins.Settings;

/// <summary>
/// Gives each permission of a plugin to its default roles when it is seen for the first time, as a change of those roles'
/// documents with the plugin as author. An administrator who takes it away again is not overruled at the next start.
/// </summary>
internal sealed class PermissionGrants(
    PluginCatalog catalog,
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText text,
    ISettingStore settings
) : IStartupStep
{
    private const string Granted = "granted-permissions";

    public int Order => StartupOrder.Configuration + 50;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var plugin in catalog.Loaded)
        {
            var owner = $"plugin:{plugin.Id}";
            var stored = await settings.FindAsync(owner, Granted, cancellation);
            var known = stored is null ? [] : JsonSerializer.Deserialize<string[]>(stored.Json) ?? [];
            var added = plugin.Contents!.Permissions.Where(permission => !known.Contains(permission.Id)).ToList();
            if (added.Count == 0)
            {
                continue;
            }

            foreach (var role in added.SelectMany(permission => permission.DefaultRoles).Distinct())
            {
                await GrantAsync(owner, role, added, cancellation);
            }

            var json = JsonSerializer.Serialize(known.Concat(added.Select(permission => permission.Id)));
            await settings.SaveAsync(owner, Granted, json, author: null, cancellation);
        }
    }

    private async Task GrantAsync(
        string owner,
        string role,
        IReadOnlyList<PermissionDefinition> added,
        CancellationToken cancellation
    )
    {
        if (!configuration.Snapshot.TryGet<RoleDocument>(role, out var document))
        {
            return;
        }

        var wanted = added
            .Where(permission =>
                permission.DefaultRoles.Contains(role) && !document.Permissions.Contains(permission.Id)
            )
            .Select(permission => permission.Id)
            .ToList();
        if (wanted.Count > 0)
        {
            var changed = document with { Permissions = document.Permissions.Concat(wanted).ToValueList() };
            await editor.SaveAsync(
                text.ToYaml(changed),
                expectedVersion: null,
                new ConfigurationAuthor(null, owner, null),
                cancellation
            );
        }
    }
}
