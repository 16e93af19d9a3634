using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A page with a list of tickets. Its address is the whole state of the list: what narrows it, its groups, its lines and the place.</summary>
public abstract class ListPageModel(TicketLines lines, TicketSheet sheet) : PageModel
{
    /// <summary>Words or a query that narrows the list.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>The column by which the list is grouped.</summary>
    [BindProperty(SupportsGet = true, Name = "group")]
    public string? Group { get; set; }

    /// <summary>Lines on a page.</summary>
    [BindProperty(SupportsGet = true, Name = "rows")]
    public string? Rows { get; set; }

    /// <summary>The column by whose values the list is in order, with a minus before it for the greatest first.</summary>
    [BindProperty(SupportsGet = true, Name = "order")]
    public string? Order { get; set; }

    /// <summary>The ticket beside which the list is drawn, narrow; null for the list itself.</summary>
    [BindProperty(SupportsGet = true, Name = "beside")]
    public string? Beside { get; set; }

    /// <summary>The list.</summary>
    public ListModel List { get; protected set; } = null!;

    /// <summary>How the list is drawn: as the address says, and of the rest as its queue does.</summary>
    protected ListShape ShapeOf(string? queueGroup = null, int? queueRows = null) =>
        lines.Shape(HttpContext.RequireViewer(), Group, Rows, Order, queueGroup, queueRows);

    /// <summary>Draws the page, or the list alone where it asks for itself.</summary>
    /// <param name="query">The whole query.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="shape">How it is drawn.</param>
    protected async Task<IActionResult> ShowAsync(
        string query,
        IReadOnlyList<string> columns,
        ListShape shape,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        List = await ListModel.ReadAsync(
            lines,
            viewer,
            new ListRequest(
                query,
                shape.Rows,
                Cursor,
                lines.Seen(viewer, columns),
                Request.PathBase + Request.Path,
                Filter
            )
            {
                Shape = shape,
            },
            cancellation
        );
        return Beside is not null ? Partial("Workspace/_Beside", (List, Beside))
            : Request.Headers.ContainsKey("HX-Request") ? Partial("Workspace/_List", List)
            : Page();
    }

    /// <summary>The whole list as a file, as its reader sees it. What is wrong with the query is told by the list itself.</summary>
    protected async Task<IActionResult> SendAsync(
        string query,
        IReadOnlyList<string> columns,
        ListShape shape,
        string name,
        CancellationToken cancellation
    )
    {
        try
        {
            var viewer = HttpContext.RequireViewer();
            var seen = lines.Seen(viewer, columns);
            return (await sheet.ReadAsync(viewer, shape.Ordered(query), seen, cancellation)).ToFile(name);
        }
        catch (QueryException)
        {
            return LocalRedirect(Request.PathBase + Request.Path + QueryString.Create("q", Filter ?? ""));
        }
    }
}
