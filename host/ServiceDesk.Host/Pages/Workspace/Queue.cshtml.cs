using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>One queue: a dense list of its tickets, narrowed by words or a query. The address is the whole state of the list.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class QueueModel(TicketLines lines, TicketSheet sheet, ICurrentConfiguration configuration) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "desk")]
    public string Desk { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "queue")]
    public string Queue { get; set; } = "";

    /// <summary>Words or a query that narrows the queue.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public DeskDocument DeskDocument { get; private set; } = null!;

    public QueueDocument QueueDocument { get; private set; } = null!;

    public ListModel List { get; private set; } = null!;

    private string Narrowed => QueryText.Narrow(QueueNavigation.QueryOf(QueueDocument), FilterQuery.Of(Filter));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!Find())
        {
            return NotFound();
        }

        List = await ListModel.ReadAsync(
            lines,
            HttpContext.RequireViewer(),
            new ListRequest(
                Narrowed,
                PageSize,
                Cursor,
                ListColumns.Of(QueueDocument),
                Request.PathBase + Request.Path,
                Filter
            ),
            cancellation
        );
        return Request.Headers.ContainsKey("HX-Request") ? Partial("Workspace/_List", List) : Page();
    }

    /// <summary>The whole list as a file, as its reader sees it.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        if (!Find())
        {
            return NotFound();
        }

        try
        {
            var columns = ListColumns.Of(QueueDocument);
            return (await sheet.ReadAsync(HttpContext.RequireViewer(), Narrowed, columns, cancellation)).ToFile(Queue);
        }
        catch (QueryException)
        {
            // The list itself says what is wrong.
            return RedirectToPage(
                "/Workspace/Queue",
                new
                {
                    desk = Desk,
                    queue = Queue,
                    q = Filter,
                }
            );
        }
    }

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
