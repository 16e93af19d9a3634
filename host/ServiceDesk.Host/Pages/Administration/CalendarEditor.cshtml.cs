using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
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
    CalendarWords words,
    SlaDrafts drafts,
    SlaPreview preview
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

    /// <summary>Whether the form writes on at the kept draft instead of what is in force.</summary>
    [BindProperty(SupportsGet = true, Name = "draft")]
    public bool IsDraft { get; set; }

    /// <summary>The tag of the draft that is written.</summary>
    [BindProperty(Name = "tag")]
    public string? Tag { get; set; }

    /// <summary>Whether another draft stands in the way of keeping this one.</summary>
    public bool DraftStands { get; private set; }

    public CalendarDraft Draft { get; private set; } = null!;

    public IReadOnlyList<CalendarMistake> Mistakes { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>What the clocks that run may do.</summary>
    public RunningClockChoices Choices { get; private set; } = new(null, []);

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

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (IsDraft && Id is not null)
        {
            return await ShowDraftAsync(Id, cancellation);
        }

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

    /// <summary>Keeps it as a draft, to try it on past tickets and to choose what it means for clocks that run.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var writing = new CalendarWriting(Draft);
        var by = HttpContext.RequireViewer().Person.Id;
        var mistakes = await MistakesAsync(writing, cancellation);
        if (mistakes.Count > 0)
        {
            return Refuse(writing, mistakes);
        }

        if (Id is null && configuration.Snapshot.TryGet<CalendarDocument>(writing.Document.Id, out _))
        {
            Notice = texts.Format("calendar.id-taken", writing.Document.Id);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Show(writing);
        }

        if (IsDraft)
        {
            if (await drafts.ReplaceAsync(Tag, writing.Document, Version, by, cancellation) is null)
            {
                // What was written here stands in the form; saving again is done knowingly.
                var now = await drafts.FindAsync(DocumentKinds.Calendar, writing.Document.Id, cancellation);
                Tag = now is null ? null : DraftTag.Of(now);
                Notice = texts[now is null ? "sla-version.draft-gone" : "sla-version.draft-changed-saving"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Show(writing);
            }
        }
        else if (!await drafts.TryKeepAsync(writing.Document, Version, by, cancellation))
        {
            DraftStands = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Show(writing);
        }

        return RedirectToPage(
            "/Administration/SlaDraft",
            new { kind = DocumentKinds.Calendar, id = writing.Document.Id }
        );
    }

    /// <summary>Shows what publishing would change, and asks what the clocks that run shall do.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return await CompareAsync(new CalendarWriting(Draft), cancellation);
    }

    /// <param name="mode">What the clocks that run shall do; a new calendar has none.</param>
    public async Task<IActionResult> OnPostSaveAsync(string? mode, string? comment, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        var writing = new CalendarWriting(Draft);
        if (writing.Mistakes.Count > 0)
        {
            return Refuse(writing, writing.Mistakes);
        }

        var chosen = SlaDrafts.ModeOf(mode);
        if (chosen is null && Version > 0)
        {
            return await AskAgainAsync("sla-version.choose", writing, cancellation);
        }

        var me = HttpContext.RequireViewer().Person.Id;
        var author = drafts.AuthorOf(me, chosen ?? ChangeoverMode.NewTicketsOnly, comment);
        var outcome = await editor.SaveAsync(documents.ToYaml(writing.Document), Version, author, cancellation);
        var id = writing.Document.Id;
        if (await drafts.IsUnheardAsync(outcome.Status, author, DocumentKinds.Calendar, id, cancellation))
        {
            return await AskAgainAsync("sla-version.mode-unheard", writing, cancellation);
        }

        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                drafts.Begin();
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

    private async Task<IActionResult> ShowDraftAsync(string id, CancellationToken cancellation)
    {
        var draft = await drafts.FindAsync(DocumentKinds.Calendar, id, cancellation);
        if (draft is null || drafts.Read(draft) is not CalendarDocument written)
        {
            return draft is null
                ? NotFound()
                : RedirectToPage("/Administration/SlaDraft", new { kind = DocumentKinds.Calendar, id });
        }

        (Version, Tag) = (draft.BaseVersion, DraftTag.Of(draft));
        Draft = CalendarDraft.Of(written);
        return Show(new CalendarWriting(Draft));
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Draft = CalendarForm.Read(await Request.ReadFormAsync(cancellation));
        if (Id is not null)
        {
            Draft = Draft with { Id = Id };
        }
    }

    private async Task<IReadOnlyList<CalendarMistake>> MistakesAsync(
        CalendarWriting writing,
        CancellationToken cancellation
    )
    {
        if (writing.Mistakes.Count > 0)
        {
            return writing.Mistakes;
        }

        var by = HttpContext.RequireViewer().Person.Id;
        var problems = await editor.ProblemsOfAsync(documents, writing.Document, by, cancellation);
        return [.. problems.Select(writing.Of)];
    }

    private async Task<IActionResult> CompareAsync(CalendarWriting writing, CancellationToken cancellation)
    {
        var mistakes = await MistakesAsync(writing, cancellation);
        if (mistakes.Count > 0)
        {
            return Refuse(writing, mistakes);
        }

        var id = writing.Document.Id;
        var before = await editor.YamlAtAsync(DocumentKinds.Calendar, id, Version, cancellation);
        Difference = ConfigurationComparison.Lines(before, documents.ToYaml(writing.Document));
        Choices = RunningClockChoices.Of(texts, await preview.OfAsync(writing.Document, cancellation));
        return Show(writing);
    }

    private async Task<IActionResult> AskAgainAsync(string why, CalendarWriting writing, CancellationToken cancellation)
    {
        Notice = texts[why];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await CompareAsync(writing, cancellation);
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
