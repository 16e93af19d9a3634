using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Pages.Notices;

/// <summary>A page of what somebody was told: the unread first, or all of it.</summary>
public abstract class NoticesModel(Bell bell, INotificationStore store) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Whether those that were read are shown too.</summary>
    [BindProperty(SupportsGet = true, Name = "all")]
    public bool All { get; set; }

    /// <summary>Where an earlier page ended.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<BellLine> Lines { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>The page's own name, for its links.</summary>
    public abstract string Here { get; }

    private PersonId Me => HttpContext.RequireViewer().Person.Id;

    /// <summary>Where the ticket of a line is read.</summary>
    public abstract string AddressOf(string key);

    public async Task OnGetAsync(CancellationToken cancellation) =>
        (Lines, Next) = await bell.ReadAsync(HttpContext.RequireViewer(), !All, PageSize, Before, cancellation);

    public async Task<IActionResult> OnPostMarkAsync(long id, bool read, CancellationToken cancellation)
    {
        await store.MarkAsync(Me, id, read, cancellation);
        return Back();
    }

    public async Task<IActionResult> OnPostReadAllAsync(CancellationToken cancellation)
    {
        await store.MarkAsync(Me, id: null, isRead: true, cancellation);
        return Back();
    }

    private RedirectToPageResult Back() => RedirectToPage(new { all = All ? "true" : null, before = Before });
}
