using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>
/// The one search: a key goes straight to its ticket; words and operators find tickets with what was found marked, people,
/// organizations and what plugins bring; a query is drawn as a list. Nothing typed is the list of all tickets.
/// </summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class SearchModel(
    TicketLines lines,
    TicketSheet sheet,
    ITicketQueries tickets,
    ITicketSearch search,
    SearchPages pages,
    RecentSearches recents
) : ListPageModel(lines, sheet)
{
    private const int PageSize = 25;

    /// <summary>What was found; null where a list is drawn.</summary>
    public FoundPage? Found { get; private set; }

    /// <summary>What the reader searched for lately.</summary>
    public IReadOnlyList<string> Recent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            TicketKey.TryParse(Filter, out var key)
            && await tickets.FindByKeyAsync(viewer, key, cancellation) is { } found
        )
        {
            return RedirectToPage("/Workspace/Ticket", new { key = found.State.Key.ToString() });
        }

        Recent = await recents.OfAsync(viewer.Person.Id, cancellation);
        return string.IsNullOrWhiteSpace(Filter)
            ? await ListAsync("", cancellation)
            : await FindAsync(viewer, Filter, cancellation);
    }

    /// <summary>What was found as a file, as its reader sees it.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        try
        {
            var read = await search.ReadAsync(HttpContext.RequireViewer(), Filter ?? "", cancellation: cancellation);
            return await SendAsync(read.Query, ListColumns.Default, ShapeOf(), "tickets", cancellation);
        }
        catch (QueryException)
        {
            return RedirectToPage(new { q = Filter });
        }
    }

    /// <summary>Forgets what the reader searched for.</summary>
    public async Task<IActionResult> OnPostForgetAsync(CancellationToken cancellation)
    {
        await recents.ClearAsync(HttpContext.RequireViewer().Person.Id, cancellation);
        return RedirectToPage(new { q = Filter });
    }

    private async Task<IActionResult> FindAsync(Viewer viewer, string typed, CancellationToken cancellation)
    {
        var isNew = Cursor is null && !Request.Headers.ContainsKey("HX-Request") && IsOwnWish;
        try
        {
            var read = await search.ReadAsync(viewer, typed, cancellation: cancellation);
            if (isNew)
            {
                await recents.AddAsync(viewer.Person.Id, typed, cancellation);
            }

            if (read.IsQuery)
            {
                return await ListAsync(read.Query, cancellation);
            }

            Found = await pages.ReadAsync(viewer, read, PageSize, Cursor, cancellation);
            return Page();
        }
        catch (QueryException) when (Cursor is not null)
        {
            // A cursor of an older search: begin again.
            return RedirectToPage(new { q = Filter });
        }
        catch (QueryException problem)
        {
            var request = new ListRequest("", PageSize, null, [], Request.PathBase + Request.Path, typed);
            List = new ListModel(request, [], null, problem.Error);
            return Page();
        }
    }

    // What a page elsewhere leads or reaches to was not searched for by the reader. Old browsers and other clients do not say.
    private bool IsOwnWish => Request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin";

    private Task<IActionResult> ListAsync(string query, CancellationToken cancellation) =>
        ShowAsync(query, ListColumns.Default, ShapeOf(), cancellation);
}
