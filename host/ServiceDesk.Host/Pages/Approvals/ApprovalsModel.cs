using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Approvals;

/// <summary>A page of the approvals that wait for the viewer, or of those that the viewer answered.</summary>
public abstract class ApprovalsModel(ApprovalInbox inbox) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Whether those that were answered are shown, not those that wait.</summary>
    [BindProperty(SupportsGet = true, Name = "past")]
    public bool Past { get; set; }

    /// <summary>Where the page begins; null for the first.</summary>
    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>The approvals.</summary>
    public IReadOnlyList<ApprovalLine> Lines { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>Shows a page; a cursor that cannot be read begins at the first.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var page = await ReadAsync(Cursor, cancellation);
        (Lines, Next) = (page.Items, page.Next);
        return Page();
    }

    private async Task<Page<ApprovalLine>> ReadAsync(string? cursor, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        try
        {
            return Past
                ? await inbox.PastAsync(viewer, PageSize, cursor, cancellation)
                : await inbox.WaitingAsync(viewer, PageSize, cursor, cancellation);
        }
        catch (QueryException) when (cursor is not null)
        {
            return await ReadAsync(null, cancellation);
        }
    }
}
