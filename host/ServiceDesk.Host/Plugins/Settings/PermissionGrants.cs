using System.Text.Json;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Plugins.Settings;

/// <summary>
/// Gives each permission of a plugin to its default roles when it is seen for the first time, as a change of those roles'
/// documents with the plugin as author. An administrator who takes it away again is not overruled at the next start. What any
/// role gets, administrators get too: nobody hands out or takes what he does not have himself.
/// </summary>
internal sealed partial class PermissionGrants(
    PluginCatalog catalog,
    ConfigurationWriter writer,
    ISettingStore settings,
    ILogger<PermissionGrants> log
) : IStartupStep
{
    private const string Known = KnownPermissions.Granted;

    public int Order => StartupOrder.Configuration + 50;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var plugin in catalog.Loaded)
        {
            var owner = KnownPermissions.OwnerOf(plugin.Id);
            var stored = await settings.FindAsync(owner, Known, cancellation);
            var known = stored is null ? [] : JsonSerializer.Deserialize<string[]>(stored.Json) ?? [];
            var added = plugin.Contents!.Permissions.Where(permission => !known.Contains(permission.Id)).ToList();
            if (added.Count == 0)
            {
                continue;
            }

            // What could not be given is tried again at the next start.
            var outcome = await GrantAsync(owner, added, cancellation);
            if (outcome.Status is not (ConfigurationStatus.Written or ConfigurationStatus.Unchanged))
            {
                LogRefused(
                    plugin.Id,
                    string.Join(", ", added.Select(permission => permission.Id)),
                    outcome.Problems.Count > 0
                        ? $"{outcome.Problems[0].Path} {outcome.Problems[0].Problem.Path} {outcome.Problems[0].Problem.Code}"
                        : outcome.Status.ToString()
                );
                continue;
            }

            var json = JsonSerializer.Serialize(known.Concat(added.Select(permission => permission.Id)));
            await settings.SaveAsync(owner, Known, json, author: null, cancellation);
        }
    }

    // All roles of a plugin at once: the whole configuration is reviewed at each change.
    private Task<ConfigurationOutcome> GrantAsync(
        string owner,
        IReadOnlyList<PermissionDefinition> added,
        CancellationToken cancellation
    ) =>
        writer.WriteAsync(
            before =>
                (
                    [
                        .. before
                            .All<RoleDocument>()
                            .Select(role => Granted(role, before, added))
                            .OfType<DocumentDifference>(),
                    ],
                    null
                ),
            new ConfigurationAuthor(null, owner, null),
            isTrial: false,
            cancellation
        );

    private static bool IsFor(RoleDocument role, PermissionDefinition permission, IConfiguration configuration) =>
        permission.DefaultRoles.Contains(role.Id)
        || (
            role.Id == RoleChanges.Administrator
            && permission.DefaultRoles.Any(id => configuration.TryGet<RoleDocument>(id, out _))
        );

    [LoggerMessage(
        LogLevel.Warning,
        "The permissions {Permissions} of the plugin {Plugin} were given to no role: {Why}"
    )]
    private partial void LogRefused(string plugin, string permissions, string why);

    private static DocumentDifference? Granted(
        RoleDocument role,
        IConfiguration before,
        IReadOnlyList<PermissionDefinition> added
    )
    {
        var wanted = added
            .Where(permission => IsFor(role, permission, before) && !role.Permissions.Contains(permission.Id))
            .Select(permission => permission.Id)
            .ToList();
        return wanted.Count == 0
            ? null
            : new DocumentDifference(
                DifferenceKind.Changed,
                DocumentKinds.Role,
                role.Id,
                role,
                role with
                {
                    Permissions = role.Permissions.Concat(wanted).ToValueList(),
                }
            );
    }
}
