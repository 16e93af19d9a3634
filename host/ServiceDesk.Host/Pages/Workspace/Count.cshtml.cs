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

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>How many tickets a query finds while it is written, of all that its reader may see or within a queue.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class CountModel(ITicketLists lists, OwnQueueDoor door, ICurrentConfiguration configuration) : PageModel
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
            var query = QueryText.Narrow(within, IsPlain ? q ?? "" : FilterQuery.Of(q));
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
