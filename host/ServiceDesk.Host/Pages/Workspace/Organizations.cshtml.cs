using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Completion of organizations' names, for agents.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class OrganizationsModel(OrganizationDirectory directory) : PageModel
{
    public IReadOnlyList<Organization> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? q, CancellationToken cancellation)
    {
        Found = await directory.SuggestAsync(HttpContext.RequireViewer(), q, cancellation);
        return Page();
    }
}
