using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Merging;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Completes the ticket that stays in a merge while somebody types.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class MergeTargetsModel(OpenedTicket opened, MergeCandidates candidates) : PageModel
{
    /// <summary>Tickets that may be meant.</summary>
    public IReadOnlyList<TicketState> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string key, string? q, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await opened.FindAsync(viewer, key, cancellation) is not { } ticket)
        {
            return NotFound();
        }

        Found = await candidates.FindAsync(viewer, ticket.State, q, cancellation);
        return Page();
    }
}
