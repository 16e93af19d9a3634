using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The administration's entry: goes to the first part that the viewer may.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class IndexModel : PageModel
{
    private static readonly (string Permission, string Page)[] Parts =
    [
        (Permissions.Configure, "/Administration/Configuration"),
        (Permissions.ManagePeople, "/Administration/People"),
        (Permissions.Operate, "/Administration/Plugins"),
    ];

    public IActionResult OnGet()
    {
        var viewer = HttpContext.RequireViewer();
        var first = Array.Find(Parts, part => viewer.May(part.Permission));
        return first.Page is null ? Forbid() : RedirectToPage(first.Page);
    }
}
