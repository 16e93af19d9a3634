using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>A role names permissions of the product or of a loaded plugin.</summary>
public sealed class PermissionCheck(PluginCatalog plugins) : DocumentCheck<RoleDocument>
{
    private readonly HashSet<string> known = Known(plugins);

    /// <summary>The ids of the permissions that there are.</summary>
    internal static HashSet<string> Known(PluginCatalog plugins) =>
        new(Permissions.All.Concat(plugins.Permissions.Select(permission => permission.Id)), StringComparer.Ordinal);

    protected override IEnumerable<DocumentProblem> Check(RoleDocument document, IConfiguration configuration) =>
        document
            .Permissions.Index()
            .Where(entry => !known.Contains(entry.Item))
            .Select(entry =>
                DocumentProblem.At($"/permissions/{entry.Index}", "configuration.no-such-permission", entry.Item)
            );
}
