using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>How many tickets a query finds while it is written, of all that its reader may see or within a queue.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class CountModel(
    ITicketLists lists,
    ITicketSearch search,
    OwnQueueDoor door,
    ICurrentConfiguration configuration
) : PageModel
{
    /// <summary>How many; null while the query is wrong.</summary>
    public int? Count { get; private set; }

    /// <summary>The query, when it has to be one, and not words.</summary>
    [BindProperty(SupportsGet = true, Name = "plain")]
    public bool IsPlain { get; set; }

    /// <param name="q">What is written.</param>
    /// <param name="desk">On this desk.</param>
    /// <param name="queue">Within this queue of a desk.</param>
    /// <param name="own">Within this queue of the reader or a team.</param>
    public async Task<IActionResult> OnGetAsync(
        string? q,
        string? desk,
        string? queue,
        long? own,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        if (await WithinAsync(viewer, queue, own, cancellation) is not { } within)
        {
            return NotFound();
        }

        try
        {
            if (await TypedAsync(viewer, q ?? "", queue is null && own is null, cancellation) is not { } typed)
            {
                return Page();
            }

            var query = QueryText.Narrow(within, typed);
            query = desk is null ? query : QueryText.Narrow(query, $"desk = {QueryText.Quote(desk)}");
            var count = (await lists.CountAllAsync(viewer, [query], cancellation))[0];
            Count = count.Error is null ? count.Count : null;
        }
        catch (QueryException)
        {
            // Nobody is told off in the middle of a word.
        }

        return Page();
    }

    // The search box reads words and operators; null while something in them is not understood.
    private async Task<string?> TypedAsync(Viewer viewer, string typed, bool isSearch, CancellationToken cancellation)
    {
        if (IsPlain || !isSearch)
        {
            return IsPlain ? typed : FilterQuery.Of(typed);
        }

        var read = await search.ReadAsync(viewer, typed, cancellation: cancellation);
        return read.Notes.Count == 0 ? read.Query : null;
    }

    private async Task<string?> WithinAsync(Viewer viewer, string? queue, long? own, CancellationToken cancellation)
    {
        if (own is { } id)
        {
            return (await door.FindAsync(viewer, id, cancellation))?.Text.Query;
        }

        if (queue is null)
        {
            return "";
        }

        return configuration.Snapshot.TryGet<QueueDocument>(queue, out var found) && viewer.WorksOn(found.Desk)
            ? QueueNavigation.QueryOf(found)
            : null;
    }
}
