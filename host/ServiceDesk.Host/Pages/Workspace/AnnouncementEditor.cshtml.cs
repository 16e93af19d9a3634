using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Announcing;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Writes an announcement, changes one, or takes one away.</summary>
[Authorize(Policy = Permissions.Announce)]
public sealed class AnnouncementEditorModel(
    AnnouncementDoor door,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private static readonly string[] Inputs = ["desk", "level", "title", "body", "from", "until"];

    /// <summary>The one to change; null writes a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    /// <summary>Which version the form shows.</summary>
    [BindProperty(Name = "version")]
    public int? Version { get; set; }

    [BindProperty(Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(Name = "level")]
    public AnnouncementLevel Level { get; set; }

    [BindProperty(Name = "titleEn")]
    public string? TitleEn { get; set; }

    [BindProperty(Name = "titleKo")]
    public string? TitleKo { get; set; }

    [BindProperty(Name = "bodyEn")]
    public string? BodyEn { get; set; }

    [BindProperty(Name = "bodyKo")]
    public string? BodyKo { get; set; }

    [BindProperty(Name = "from")]
    public string? From { get; set; }

    [BindProperty(Name = "until")]
    public string? Until { get; set; }

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>Whether it may be told to the customers of every desk.</summary>
    public bool MayTellAll => AnnouncementDoor.MayWrite(HttpContext.RequireViewer(), null);

    /// <summary>The desks for which the viewer may write.</summary>
    public IReadOnlyList<(string Id, string Name)> Desks =>
        [
            .. configuration
                .Snapshot.All<DeskDocument>()
                .Where(desk => AnnouncementDoor.MayWrite(HttpContext.RequireViewer(), desk.Id))
                .Select(desk => (desk.Id, desk.Name.ToString())),
        ];

    /// <summary>How grave it can be.</summary>
    public IReadOnlyList<(string Id, string Name)> Levels =>
        [
            .. Enum.GetValues<AnnouncementLevel>()
                .Select(level => ($"{level}", texts[$"announcements.level-{level.ToString().ToLowerInvariant()}"])),
        ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is not { } id)
        {
            From = TypedMoment.Write(times.Now, times.Zone);
            Desk = Desks.Count == 1 ? Desks[0].Id : null;
            return Page();
        }

        if (await FindAsync(id, cancellation) is not { } found)
        {
            return NotFound();
        }

        var text = found.Text;
        (Version, Desk, Level) = (found.Version, text.Desk, text.Level);
        (TitleEn, TitleKo) = (text.Title.Texts.Find("en"), text.Title.Texts.Find("ko"));
        (BodyEn, BodyKo) = (text.Body?.Texts.Find("en"), text.Body?.Texts.Find("ko"));
        From = TypedMoment.Write(text.From, times.Zone);
        Until = text.Until is { } until ? TypedMoment.Write(until, times.Zone) : null;
        return Page();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var from = TypedMoment.Read(From, times.Zone);
        var until = TypedMoment.Read(Until, times.Zone);
        if (from is null && !string.IsNullOrEmpty(From))
        {
            Errors.Add("from", "announcements.moment-wrong");
        }

        if (until is null && !string.IsNullOrEmpty(Until))
        {
            Errors.Add("until", "announcements.moment-wrong");
        }

        var text = new AnnouncementText(
            string.IsNullOrEmpty(Desk) ? null : Desk,
            Level,
            Both(TitleEn, TitleKo),
            Both(BodyEn, BodyKo),
            from ?? times.Now,
            until
        );
        if (Errors.Any)
        {
            return Refuse(RefusalKind.Invalid);
        }

        var (saved, refusals) = await door.SaveAsync(HttpContext.RequireViewer(), Id, Version, text, cancellation);
        if (saved is not null)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage("/Workspace/Announcements");
        }

        if (refusals[0].Kind is RefusalKind.NotFound or RefusalKind.Forbidden)
        {
            return NotFound();
        }

        Errors.Add(refusals, Inputs);
        return Refuse(refusals[0].Kind);
    }

    /// <summary>Takes it away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (Id is not { } id || await door.RemoveAsync(HttpContext.RequireViewer(), id, cancellation) is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Workspace/Announcements");
    }

    private async Task<Announcement?> FindAsync(long id, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        return
            await door.FindAsync(viewer, id, cancellation) is { } found
            && AnnouncementDoor.MayWrite(viewer, found.Text.Desk)
            ? found
            : null;
    }

    private PageResult Refuse(RefusalKind kind)
    {
        Response.StatusCode = RefusalStatus.Of(kind);
        return Page();
    }

    private static LocalizedText Both(string? english, string? korean) =>
        LocalizedText.Of((english ?? "").ReplaceLineEndings("\n"), (korean ?? "").ReplaceLineEndings("\n"));
}
