using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The account of one clock at an address of its own, for the agents of the ticket's desk.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class ClockModel(OpenedTicket opened, TicketViews views) : PageModel
{
    public TicketView View { get; private set; } = null!;

    public NamedClock Named { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string key, string metric, int cycle, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await opened.FindAsync(viewer, key, cancellation) is not { } ticket)
        {
            return NotFound();
        }

        View = await views.ReadAsync(viewer, ticket, cancellation);
        var named = View.Clocks.FirstOrDefault(one => one.Clock.Metric == metric && one.Clock.Cycle == cycle);
        if (named is null)
        {
            return NotFound();
        }

        Named = named;
        return Page();
    }
}
