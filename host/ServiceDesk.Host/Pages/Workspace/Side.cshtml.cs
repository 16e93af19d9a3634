using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The navigation alone, for pages that keep its counts live.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class SidePageModel : PageModel
{
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "queue")]
    public string? Queue { get; set; }

    [BindProperty(SupportsGet = true, Name = "here")]
    public string? Here { get; set; }
}
