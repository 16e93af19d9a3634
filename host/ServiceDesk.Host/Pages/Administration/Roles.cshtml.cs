using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Roles;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The roles: what each may, and how many people have it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RolesModel(
    ICurrentConfiguration configuration,
    RoleHolding holding,
    PermissionWords words,
    ITexts texts
) : PageModel
{
    /// <summary>A role in the list.</summary>
    /// <param name="May">Names of what it may.</param>
    public sealed record Line(RoleDocument Role, IReadOnlyList<string> May, RoleHolders Holders);

    /// <summary>The roles by name.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether the reader finds people by role.</summary>
    public bool MayManagePeople => HttpContext.RequireViewer().May(Permissions.ManagePeople);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var holders = await holding.AllAsync(cancellation);
        Lines =
        [
            .. configuration
                .Snapshot.All<RoleDocument>()
                .OrderBy(role => role.Name.ToString(), StringComparer.CurrentCulture)
                .Select(role => new Line(role, MayOf(role), holders.GetValueOrDefault(role.Id, RoleHolders.None))),
        ];
    }

    private IReadOnlyList<string> MayOf(RoleDocument role)
    {
        var all = words.Groups(role.Permissions).SelectMany(group => group.Lines).ToList();
        var may = all.FindAll(line => role.Permissions.Contains(line.Id));
        return may.Count == all.Count ? [texts["roles.may-all"]] : [.. may.Select(line => line.Name)];
    }
}
