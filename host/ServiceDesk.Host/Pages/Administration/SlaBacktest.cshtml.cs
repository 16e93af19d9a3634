using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A trial of SLA drafts: how far it is, then what would have been otherwise. Each figure opens its tickets.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaBacktestModel(
    Backtests trials,
    BacktestClocks clocks,
    BacktestWords words,
    BacktestPublication publication,
    SlaDrafts drafts,
    ConfigurationCache configuration,
    ITexts texts
) : PageModel
{
    /// <summary>The size of the chart's own coordinates.</summary>
    public const int ChartWidth = 1000;

    /// <summary>The size of the chart's own coordinates.</summary>
    public const int ChartHeight = 200;

    private const int MostWorst = 20;

    /// <summary>Which promises the figures count: to customers, or between teams.</summary>
    [BindProperty(SupportsGet = true, Name = "agreement")]
    public AgreementType? Asked { get; set; }

    public AgreementType Agreement => Asked == AgreementType.Ola ? AgreementType.Ola : AgreementType.Sla;

    public Backtest Trial { get; private set; } = null!;

    /// <summary>The figures of the promises that are asked for; null while there are none.</summary>
    public BacktestFigures? Figures => Trial.FiguresOf(Agreement);

    public IReadOnlyList<BacktestTable> Tables { get; private set; } = [];

    public IReadOnlyList<BacktestClockLine> Worst { get; private set; } = [];

    public IReadOnlyDictionary<TeamId, string> Teams { get; private set; } = new Dictionary<TeamId, string>();

    public IReadOnlyDictionary<int, GroupCounts> Hours { get; private set; } = new Dictionary<int, GroupCounts>();

    public string? Notice { get; private set; }

    public IReadOnlyList<FileProblem> Problems { get; private set; } = [];

    /// <summary>Names of documents that were changed since the trial began.</summary>
    public string Moved { get; private set; } = "";

    /// <summary>Names of documents with an open draft of another text.</summary>
    public string OtherDrafts { get; private set; } = "";

    /// <summary>Whether there is something of it that is not in force.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The choices for running clocks.</summary>
    public static IEnumerable<(string Word, string? Effect)> Modes =>
        Enum.GetValues<ChangeoverMode>().Select(mode => (SlaDrafts.ModeWord(mode), (string?)null));

    public string From => Day(Trial.Request.From);

    public string To => Day(Trial.Request.To);

    /// <summary>The days from the first on which something was due.</summary>
    public IReadOnlyList<DayLoad> Days =>
        [.. Figures!.Days.SkipWhile(day => day is { Due: 0, DraftDue: 0, Open: 0, DraftOpen: 0 })];

    /// <summary>The most clocks that were or would be due on a day: the height of the chart.</summary>
    public int MostDue => Math.Max(1, Figures!.Days.Max(day => Math.Max(day.Due, day.DraftDue)));

    /// <summary>The points of a line of the chart.</summary>
    public string Line(Func<DayLoad, int> value)
    {
        var days = Days;
        var step = (double)ChartWidth / Math.Max(1, days.Count - 1);
        return string.Join(
            ' ',
            days.Select(
                (day, at) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{at * step:0.#},{ChartHeight - ((double)value(day) / MostDue * (ChartHeight - 4)) - 2:0.#}"
                    )
            )
        );
    }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellation) =>
        await trials.FindAsync(id, HttpContext.RequireViewer(), cancellation) is { } trial
            ? await ShowAsync(trial, cancellation)
            : NotFound();

    /// <summary>Puts all that was tried into force.</summary>
    public async Task<IActionResult> OnPostPublishAsync(
        long id,
        string? mode,
        string? comment,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        if (await trials.FindAsync(id, viewer, cancellation) is not { } trial)
        {
            return NotFound();
        }

        if (trial.State != BacktestState.Done || SlaDrafts.ModeOf(mode) is not { } chosen)
        {
            Notice = texts[trial.State == BacktestState.Done ? "sla-version.choose" : "sla-trial.not-done"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(trial, cancellation);
        }

        var published = await publication.PublishAsync(trial, chosen, comment, viewer.Person.Id, cancellation);
        switch (published.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts["sla-trial.in-force-now"];
                return RedirectToPage("/Administration/SlaDrafts");
            case ConfigurationStatus.Conflict:
                Notice = published.Moved.Count == 0 ? texts["configuration.changed-meanwhile"] : null;
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. published.Problems.Distinct()];
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
        }

        return await ShowAsync(trial, cancellation);
    }

    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken cancellation)
    {
        await trials.CancelAsync(id, HttpContext.RequireViewer(), cancellation);
        return RedirectToPage(new { id });
    }

    /// <summary>Takes what was tried as the draft of its document, to be published.</summary>
    public async Task<IActionResult> OnPostKeepAsync(long id, string? document, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var trial = await trials.FindAsync(id, viewer, cancellation);
        var tried = trial?.Request.Drafts.FirstOrDefault(one => one.Id == document);
        if (tried is null)
        {
            return NotFound();
        }

        var type = DocumentTypes.Find(tried.Kind)!;
        var version = configuration.Snapshot.Find(type, tried.Id)?.Version ?? 0;
        var written = DocumentText.FromStored(tried.Kind, tried.Json);
        if (!await drafts.TryKeepAsync(written, version, viewer.Person.Id, cancellation))
        {
            Notice = texts["sla-version.draft-stands"];
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(trial!, cancellation);
        }

        return RedirectToPage("/Administration/SlaDraft", null, new { kind = tried.Kind, id = tried.Id }, "publish");
    }

    private async Task<IActionResult> ShowAsync(Backtest trial, CancellationToken cancellation)
    {
        Trial = trial;
        if (Figures is { } figures)
        {
            Tables = await words.TablesAsync(trial, Agreement, cancellation);
            Teams = await words.TeamsAsync(cancellation);
            Hours = figures.Hours.ToDictionary(group => group.Of, group => group.Counts);
            var worst = new KeptClockQuestion { Agreement = Agreement, Fate = KeptClockFate.Worse };
            var viewer = HttpContext.RequireViewer();
            Worst = (await clocks.ReadAsync(trial, worst, 0, MostWorst, viewer, cancellation)).Lines;
            IsOpen = publication.Open(trial).Count > 0;
            Moved = Names(await publication.MovedAsync(trial, cancellation));
            OtherDrafts = Names(await publication.DraftedOtherwiseAsync(trial, cancellation));
        }

        return Page();
    }

    private static string Names(IEnumerable<ConfigurationDocument> documents) =>
        string.Join(", ", documents.Select(one => $"“{one.Name}”"));

    private string Day(NodaTime.Instant at) =>
        ReaderTimes.Date(at.InZone(NodaTime.DateTimeZoneProviders.Tzdb[Trial.Request.Zone]).Date);
}
