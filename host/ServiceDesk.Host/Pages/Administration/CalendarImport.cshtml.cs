using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Holidays;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Brings holidays into a calendar: looked through first, then chosen and taken. The same file again brings nothing. Works without JavaScript.</summary>
[Authorize(Policy = Permissions.Configure)]
[RequestSizeLimit(8 * HolidayFile.Largest)]
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class CalendarImportModel(
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText documents,
    ITexts texts,
    SlaDrafts drafts,
    CalendarWords words
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>What was read; it goes along until it is taken.</summary>
    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    /// <summary>The version that the preview was held against.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>What the clocks that run shall do; a holiday of tomorrow is meant for them too.</summary>
    [BindProperty(Name = "mode")]
    public string? Mode { get; set; }

    /// <summary>The choices for running clocks.</summary>
    public IEnumerable<(string Word, string? Effect)> Modes { get; } =
        Enum.GetValues<ChangeoverMode>().Select(mode => (SlaDrafts.ModeWord(mode), (string?)null));

    public CalendarDocument Calendar { get; private set; } = null!;

    /// <summary>What the file would change; null before it was looked through.</summary>
    public HolidayPlan? Plan { get; private set; }

    /// <summary>Why the file is none.</summary>
    public string? Refusal { get; private set; }

    public CalendarWords Words => words;

    /// <summary>What is wrong with a line.</summary>
    public string Reason(BadLine line) => texts.Format(line.Code, [.. line.Arguments]);

    public IActionResult OnGet() => Find() ? Page() : NotFound();

    public async Task<IActionResult> OnPostPreviewAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (!Find())
        {
            return NotFound();
        }

        if (file is { Length: > HolidayFile.Largest })
        {
            return Refuse("calendar.import-large");
        }

        if (file is { Length: > 0 })
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellation);
            Text = HolidayFile.Decode(content.ToArray());
            if (Text is null)
            {
                return Refuse("calendar.import-no-text");
            }
        }

        return Look() ? Page() : Refuse(Refusal!);
    }

    public async Task<IActionResult> OnPostTakeAsync(int[] take, CancellationToken cancellation)
    {
        if (!Find())
        {
            return NotFound();
        }

        var asked = Version;
        if (!Look())
        {
            return Refuse(Refusal!);
        }

        // What is left out stays out: only the lines that are ticked are taken.
        var chosen = take.ToHashSet();
        var reading = new HolidayReading([.. Plan!.New.Where(read => chosen.Contains(read.Line))], []);
        var plan = HolidayPlan.Of(Calendar, reading);
        if (plan.New.Count == 0)
        {
            return Refuse("calendar.import-nothing");
        }

        if (SlaDrafts.ModeOf(Mode) is not { } mode)
        {
            return Refuse("sla-version.choose");
        }

        var author = drafts.AuthorOf(
            HttpContext.RequireViewer().Person.Id,
            mode,
            texts.Format("calendar.import-comment", $"{plan.New.Count}")
        );
        var outcome = await editor.SaveAsync(documents.ToYaml(plan.Calendar), asked, author, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                drafts.Begin();
                TempData["Done"] = texts.Format("calendar.imported", $"{plan.New.Count}");
                var year = plan.New[0].Holiday.Date?.Year;
                return RedirectToPage("/Administration/CalendarYear", new { id = Id, year });
            case ConfigurationStatus.Conflict:
                Refusal = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                var problem = outcome.Problems[0].Problem;
                Refusal = texts.Format(problem.Code, [.. problem.Arguments]);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
        }
    }

    private bool Find()
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(Id, out var found))
        {
            return false;
        }

        Calendar = found;
        return true;
    }

    private bool Look()
    {
        var reading = HolidayFile.Read(Encoding.UTF8.GetBytes(Text ?? ""));
        Refusal = reading.Refusal;
        if (Refusal is not null)
        {
            return false;
        }

        Version = configuration.Snapshot.VersionOf<CalendarDocument>(Id);
        Plan = HolidayPlan.Of(Calendar, reading);
        return true;
    }

    private PageResult Refuse(string code)
    {
        Refusal = texts[code];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
