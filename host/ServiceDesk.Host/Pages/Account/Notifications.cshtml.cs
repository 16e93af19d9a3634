using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Of which kinds of events a person is told.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class NotificationsModel(NoticeChoices choices, ITexts texts) : PageModel
{
    /// <summary>The kinds that the person can choose among.</summary>
    public IReadOnlyList<NoticeKind> Kinds => NoticeChoices.For(HttpContext.RequireViewer());

    /// <summary>Those that are chosen.</summary>
    public IReadOnlySet<NoticeKind> Chosen { get; private set; } = new HashSet<NoticeKind>();

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Chosen = await choices.OfAsync(HttpContext.RequireViewer().Person.Id, cancellation);

    /// <summary>Keeps what was chosen.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var ticked = Request.Form["kind"];
        await choices.SaveAsync(
            HttpContext.RequireViewer().Person.Id,
            Kinds.ToDictionary(kind => kind, kind => ticked.Contains(NoticeChoices.WordOf(kind))),
            cancellation
        );
        TempData["Done"] = texts["administration.saved"];
        return RedirectToPage();
    }
}
