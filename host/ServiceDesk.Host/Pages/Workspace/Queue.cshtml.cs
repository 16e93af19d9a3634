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
public sealed class QueueModel(TicketLines lines, ICurrentConfiguration configuration) : PageModel
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

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var snapshot = configuration.Snapshot;
        if (
            !viewer.WorksOn(Desk)
            || !snapshot.TryGet<DeskDocument>(Desk, out var desk)
            || !snapshot.TryGet<QueueDocument>(Queue, out var queue)
            || queue.Desk != desk.Id
        )
        {
            return NotFound();
        }

        (DeskDocument, QueueDocument) = (desk, queue);
        var narrowed = QueryText.Narrow(QueueNavigation.QueryOf(queue), FilterQuery.Of(Filter));
        List = await ListModel.ReadAsync(
            lines,
            viewer,
            new ListRequest(narrowed, PageSize, Cursor, ListColumns.Of(queue), Request.PathBase + Request.Path, Filter),
            cancellation
        );
        return Request.Headers.ContainsKey("HX-Request") ? Partial("Workspace/_List", List) : Page();
    }
}
