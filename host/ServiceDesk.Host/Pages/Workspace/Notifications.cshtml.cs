using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What an agent was told: the unread first, or all of it.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class NotificationsModel(Bell bell, INotificationStore store) : PageModel
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

    private PersonId Me => HttpContext.RequireViewer().Person.Id;

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
