using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The workspace's entry: goes to the first queue.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class IndexModel(QueueNavigation navigation) : PageModel
{
    public IActionResult OnGet()
    {
        var first = navigation.Of(HttpContext.RequireViewer()).FirstOrDefault(desk => desk.Queues.Count > 0);
        return first.Desk is null
            ? Page()
            : RedirectToPage("/Workspace/Queue", new { desk = first.Desk.Id, queue = first.Queues[0].Id });
    }
}
