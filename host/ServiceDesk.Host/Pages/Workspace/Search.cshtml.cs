using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Searches all tickets that the viewer may see: a key goes straight to its ticket, words search texts, a query is a query.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class SearchModel(TicketLines lines, TicketSheet sheet, ITicketQueries tickets)
    : ListPageModel(lines, sheet)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (
            TicketKey.TryParse(Filter, out var key)
            && await tickets.FindByKeyAsync(HttpContext.RequireViewer(), key, cancellation) is { } found
        )
        {
            return RedirectToPage("/Workspace/Ticket", new { key = found.State.Key.ToString() });
        }

        return await ShowAsync(FilterQuery.Of(Filter), ListColumns.Of(null), ListShape.Of(Group, Rows), cancellation);
    }

    /// <summary>What was found as a file, as its reader sees it.</summary>
    public Task<IActionResult> OnGetExportAsync(CancellationToken cancellation) =>
        SendAsync(FilterQuery.Of(Filter), ListColumns.Of(null), ListShape.Of(Group, Rows), "tickets", cancellation);
}
