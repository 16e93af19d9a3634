using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>One queue: a dense list of its tickets, narrowed by words or a query.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class QueueModel(TicketLines lines, TicketSheet sheet, ICurrentConfiguration configuration)
    : ListPageModel(lines, sheet)
{
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string Desk { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "queue")]
    public string Queue { get; set; } = "";

    public DeskDocument DeskDocument { get; private set; } = null!;

    public QueueDocument QueueDocument { get; private set; } = null!;

    private string Narrowed => QueryText.Narrow(QueueNavigation.QueryOf(QueueDocument), FilterQuery.Of(Filter));

    private ListShape Shape => ShapeOf(QueueDocument.Group, QueueDocument.Rows);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        Find() ? await ShowAsync(Narrowed, ListColumns.Of(QueueDocument), Shape, cancellation) : NotFound();

    /// <summary>The whole list as a file, as its reader sees it.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation) =>
        Find() ? await SendAsync(Narrowed, ListColumns.Of(QueueDocument), Shape, Queue, cancellation) : NotFound();

    private bool Find()
    {
        var snapshot = configuration.Snapshot;
        if (
            !HttpContext.RequireViewer().WorksOn(Desk)
            || !snapshot.TryGet<DeskDocument>(Desk, out var desk)
            || !snapshot.TryGet<QueueDocument>(Queue, out var queue)
            || queue.Desk != desk.Id
        )
        {
            return false;
        }

        (DeskDocument, QueueDocument) = (desk, queue);
        return true;
    }
}
