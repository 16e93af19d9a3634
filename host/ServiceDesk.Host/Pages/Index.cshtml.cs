using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages;

/// <summary>The start: everybody goes to where their work is.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    /// <summary>Agents to the workspace, customers to the portal, strangers to the sign-in.</summary>
    public IActionResult OnGet() =>
        HttpContext.FindViewer() switch
        {
            null => LocalRedirect(Url.Content("~/sign-in")),
            { } viewer when viewer.May(Permissions.WorkTickets) => LocalRedirect(Url.Content("~/workspace")),
            _ => LocalRedirect(Url.Content("~/portal")),
        };
}
