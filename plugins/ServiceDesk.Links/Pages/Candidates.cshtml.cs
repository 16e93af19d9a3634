using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Links.Reading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Pages;

/// <summary>Completes the other ticket of a link while somebody types.</summary>
[Authorize(Policy = LinksPlugin.EditPermission)]
public sealed class CandidatesModel(LinkCandidates candidates, ITicketQueries queries) : PageModel
{
    /// <summary>Tickets that may be meant.</summary>
    public IReadOnlyList<TicketState> Found { get; private set; } = [];

    /// <summary>Finds them; 404 when the ticket is not there for the viewer.</summary>
    /// <param name="key">The ticket that is to be linked.</param>
    /// <param name="q">What is typed.</param>
    public async Task<IActionResult> OnGetAsync(string? key, string? q, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var ticket = TicketKey.TryParse(key, out var parsed)
            ? await queries.FindByKeyAsync(viewer, parsed, cancellation)
            : null;
        if (ticket is null && !string.IsNullOrEmpty(key))
        {
            return NotFound();
        }

        Found = await candidates.FindAsync(viewer, q, ticket?.State.Id, cancellation);
        return Page();
    }
}
