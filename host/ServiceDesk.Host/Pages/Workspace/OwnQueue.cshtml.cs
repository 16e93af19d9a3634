using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A queue of the viewer's own or of one of the viewer's teams.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class OwnQueueModel(TicketLines lines, TicketSheet sheet, OwnQueueDoor door) : ListPageModel(lines, sheet)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    /// <summary>The queue.</summary>
    public OwnQueue Queue { get; private set; } = null!;

    /// <summary>Whether the viewer may change it.</summary>
    public bool MayChange { get; private set; }

    private string Narrowed => QueryText.Narrow(Queue.Text.Query, FilterQuery.Of(Filter));

    private ListShape Shape => ShapeOf(Queue.Text.Grouping, Queue.Text.Rows);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation)
            ? await ShowAsync(Narrowed, ListColumns.Of(Queue.Text.Columns), Shape, cancellation)
            : NotFound();

    /// <summary>The whole list as a file, as its reader sees it.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation)
            ? await SendAsync(Narrowed, ListColumns.Of(Queue.Text.Columns), Shape, $"queue-{Id}", cancellation)
            : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await door.FindAsync(viewer, Id, cancellation) is not { } found)
        {
            return false;
        }

        (Queue, MayChange) = (found, await door.MayChangeAsync(viewer, found, cancellation));
        return true;
    }
}
