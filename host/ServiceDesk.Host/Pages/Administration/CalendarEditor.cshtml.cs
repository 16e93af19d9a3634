using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A calendar in a form: hours, sets of holidays, own holidays and exceptions. What was typed stays when it is refused.</summary>
[Authorize(Policy = Permissions.Configure)]
[RequestFormLimits(ValueCountLimit = 20_000)]
public sealed class CalendarEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    IClock clock,
    ITexts texts,
    CalendarWords words
) : PageModel
{
    /// <summary>The calendar's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The calendar that a new one begins as.</summary>
    [BindProperty(SupportsGet = true, Name = "copy")]
    public string? Copy { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new calendar.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public CalendarDraft Draft { get; private set; } = null!;

    public IReadOnlyList<CalendarMistake> Mistakes { get; private set; } = [];

    public string? Notice { get; private set; }

    public CalendarWords Words => words;

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(Draft.Rest);

    /// <summary>What is typed as a calendar that counts, as far as it can be read.</summary>
    public CalendarDocument Written { get; private set; } = null!;

    /// <summary>The sets that there are, in their newest editions.</summary>
    public static IEnumerable<HolidaySet> Sets => HolidaySets.Newest;

    /// <summary>Zones that are offered; any other that is known can be typed.</summary>
    public IEnumerable<(string Id, string Words)> Zones =>
        (NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
            .Select(location => location.ZoneId)
            .Append("Etc/UTC")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(id =>
                (
                    id,
                    $"{id.Replace('_', ' ')} (UTC{DateTimeZoneProviders.Tzdb[id].GetUtcOffset(clock.GetCurrentInstant()):+HH:mm})"
                )
            );

    /// <summary>Editions of a set that can be chosen: all that there are.</summary>
    public static IEnumerable<int> Editions(string set) =>
        HolidaySets.All.Where(one => one.Id == set).Select(one => one.Edition);

    /// <summary>What is wrong in an input.</summary>
    public CalendarMistake? Wrong(string field) => Mistakes.FirstOrDefault(mistake => mistake.Field == field);

    /// <summary>Spans of a weekday in minutes, for the picture of the week: with what reaches into it.</summary>
    public IEnumerable<(int From, int To)> Bars(int weekday)
    {
        var own = Minutes(CalendarWeekdays.Days[weekday]).Select(span => (span.From, Math.Min(span.To, 1440)));
        var reaching = Minutes(CalendarWeekdays.Days[(weekday + 6) % 7])
            .Where(span => span.To > 1440)
            .Select(span => (From: 0, To: span.To - 1440));
        return reaching.Concat(own);
    }

    public IActionResult OnGet()
    {
        var source = Id ?? Copy;
        CalendarDocument? found = null;
        if (source is not null && !configuration.Snapshot.TryGet(source, out found))
        {
            return NotFound();
        }

        Version = Id is null ? 0 : configuration.Snapshot.VersionOf<CalendarDocument>(Id);
        var zone = HttpContext.RequireViewer().Person.Zone;
        Draft = CalendarDraft.Of(
            found is null ? CalendarDraft.Blank(zone)
            : Id is null ? Copied(found)
            : found
        );
        return Show(new CalendarWriting(Draft));
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Draft = Draft.Apply(op);
        return Show(new CalendarWriting(Draft));
    }

    public async Task<IActionResult> OnPostSaveAsync(string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var writing = new CalendarWriting(Draft);
        if (writing.Mistakes.Count > 0)
        {
            return Refuse(writing, writing.Mistakes);
        }

        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, comment);
        var outcome = await editor.SaveAsync(documents.ToYaml(writing.Document), Version, author, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts[
                    outcome.Status == ConfigurationStatus.Written ? "administration.saved" : "administration.unchanged"
                ];
                return RedirectToPage(new { id = writing.Document.Id, copy = (string?)null });
            case ConfigurationStatus.Conflict:
                Notice = Id is null
                    ? texts.Format("calendar.id-taken", writing.Document.Id)
                    : texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Show(writing);
            default:
                return Refuse(writing, [.. outcome.Problems.Select(problem => writing.Of(problem.Problem))]);
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Draft = CalendarForm.Read(await Request.ReadFormAsync(cancellation));
        if (Id is not null)
        {
            Draft = Draft with { Id = Id };
        }
    }

    private PageResult Refuse(CalendarWriting writing, IReadOnlyList<CalendarMistake> mistakes)
    {
        Mistakes = mistakes;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show(writing);
    }

    private PageResult Show(CalendarWriting writing)
    {
        Written = writing.Document;
        return Page();
    }

    private CalendarDocument Copied(CalendarDocument source) =>
        source with
        {
            Id = "",
            Name = new LocalizedText(
                ValueMap<string>.From(
                    source.Name.Texts.Select(text =>
                        KeyValuePair.Create(text.Key, $"{text.Value} ({(text.Key == "ko" ? "사본" : "copy")})")
                    )
                )
            ),
        };

    private IEnumerable<(int From, int To)> Minutes(string day)
    {
        foreach (var span in Written.Hours.Find(day) ?? [])
        {
            if (CalendarWeekdays.MinuteOf(span.From) is { } from && CalendarWeekdays.MinuteOf(span.To) is { } to)
            {
                yield return (from, to < from ? to + 1440 : to);
            }
        }
    }
}
