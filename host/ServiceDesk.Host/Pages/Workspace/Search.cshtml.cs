using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Searches all tickets that the viewer may see: a key goes straight to its ticket, words search texts, a query is a query.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class SearchModel(TicketLines lines, TicketSheet sheet, ITicketQueries tickets) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public ListModel List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            TicketKey.TryParse(Text, out var key)
            && await tickets.FindByKeyAsync(viewer, key, cancellation) is { } found
        )
        {
            return RedirectToPage("/Workspace/Ticket", new { key = found.State.Key.ToString() });
        }

        var request = new ListRequest(
            FilterQuery.Of(Text),
            PageSize,
            Cursor,
            ListColumns.Of(null),
            Request.PathBase + Request.Path,
            Text
        );
        List = await ListModel.ReadAsync(lines, viewer, request, cancellation);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("Workspace/_List", List) : Page();
    }

    /// <summary>What was found as a file, as its reader sees it.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        try
        {
            var found = await sheet.ReadAsync(
                HttpContext.RequireViewer(),
                FilterQuery.Of(Text),
                ListColumns.Of(null),
                cancellation
            );
            return found.ToFile("tickets");
        }
        catch (QueryException)
        {
            // The list itself says what is wrong.
            return RedirectToPage("/Workspace/Search", new { q = Text });
        }
    }
}
