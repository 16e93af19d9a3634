using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Announcing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What the desks of the viewer tell, told and will tell their customers in the portal.</summary>
[Authorize(Policy = Permissions.Announce)]
public sealed class AnnouncementsModel(
    AnnouncementDoor door,
    ICurrentConfiguration configuration,
    IClock clock,
    ITexts texts
) : PageModel
{
    private IReadOnlyList<Announcement> all = [];

    /// <summary>Those that stand, that will stand, and that stood: the text of their heading and they.</summary>
    public IEnumerable<(string Heading, IReadOnlyList<Announcement> Told)> Parts
    {
        get
        {
            var now = clock.GetCurrentInstant();
            return new (string, IReadOnlyList<Announcement>)[]
            {
                ("announcements.now", [.. all.Where(told => told.Text.StandsAt(now))]),
                ("announcements.planned", [.. all.Where(told => told.Text.From > now)]),
                ("announcements.past", [.. all.Where(told => told.Text.Until <= now)]),
            }.Where(part => part.Item2.Count > 0);
        }
    }

    public async Task OnGetAsync(CancellationToken cancellation) =>
        all = await door.WrittenAsync(HttpContext.RequireViewer(), cancellation);

    /// <summary>Ends one now.</summary>
    public async Task<IActionResult> OnPostEndAsync(long id, int version, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await door.FindAsync(viewer, id, cancellation) is not { } found)
        {
            return NotFound();
        }

        var ended = found.Text with { Until = clock.GetCurrentInstant() };
        var (saved, refusals) = await door.SaveAsync(viewer, id, version, ended, cancellation);
        TempData["Done"] = saved is null ? texts.Say(refusals[0]) : texts["announcements.ended"];
        return RedirectToPage();
    }

    /// <summary>Whom it is told to.</summary>
    public string Audience(Announcement told) =>
        told.Text.Desk is not { } desk ? texts["announcements.everybody"]
        : configuration.Snapshot.TryGet<DeskDocument>(desk, out var document) ? document.Name.ToString()
        : desk;
}
