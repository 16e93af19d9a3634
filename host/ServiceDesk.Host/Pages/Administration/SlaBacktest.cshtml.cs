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
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A trial of SLA drafts: how far it is, then what would have been otherwise. Each figure opens its tickets.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaBacktestModel(
    Backtests trials,
    BacktestClocks clocks,
    BacktestWords words,
    SlaDrafts drafts,
    ConfigurationCache configuration
) : PageModel
{
    /// <summary>The size of the chart's own coordinates.</summary>
    public const int ChartWidth = 1000;

    /// <summary>The size of the chart's own coordinates.</summary>
    public const int ChartHeight = 200;

    private const int MostWorst = 20;

    public Backtest Trial { get; private set; } = null!;

    public IReadOnlyList<BacktestTable> Tables { get; private set; } = [];

    public IReadOnlyList<BacktestClockLine> Worst { get; private set; } = [];

    public IReadOnlyDictionary<TeamId, string> Teams { get; private set; } = new Dictionary<TeamId, string>();

    public IReadOnlyDictionary<int, GroupCounts> Hours { get; private set; } = new Dictionary<int, GroupCounts>();

    public string From => Day(Trial.Request.From);

    public string To => Day(Trial.Request.To);

    /// <summary>The days from the first on which something was due.</summary>
    public IReadOnlyList<DayLoad> Days =>
        [.. Trial.Figures!.Days.SkipWhile(day => day is { Due: 0, DraftDue: 0, Open: 0, DraftOpen: 0 })];

    /// <summary>The most clocks that were or would be due on a day: the height of the chart.</summary>
    public int MostDue => Math.Max(1, Trial.Figures!.Days.Max(day => Math.Max(day.Due, day.DraftDue)));

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

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await trials.FindAsync(id, viewer, cancellation) is not { } trial)
        {
            return NotFound();
        }

        Trial = trial;
        if (trial.Figures is { } figures)
        {
            Tables = await words.TablesAsync(trial, cancellation);
            Teams = await words.TeamsAsync(cancellation);
            Hours = figures.Hours.ToDictionary(group => group.Of, group => group.Counts);
            var worst = new KeptClockQuestion { Fate = KeptClockFate.Worse };
            Worst = (await clocks.ReadAsync(trial, worst, 0, MostWorst, viewer, cancellation)).Lines;
        }

        return Page();
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
        var tried = (await trials.FindAsync(id, viewer, cancellation))?.Request.Drafts.FirstOrDefault(one =>
            one.Id == document
        );
        if (tried is null)
        {
            return NotFound();
        }

        var type = DocumentTypes.Find(tried.Kind)!;
        var version = configuration.Snapshot.Find(type, tried.Id)?.Version ?? 0;
        await drafts.SaveAsync(
            DocumentText.FromStored(tried.Kind, tried.Json),
            version,
            viewer.Person.Id,
            cancellation
        );
        return RedirectToPage("/Administration/SlaDraft", null, new { kind = tried.Kind, id = tried.Id }, "publish");
    }

    private string Day(NodaTime.Instant at) =>
        ReaderTimes.Date(at.InZone(NodaTime.DateTimeZoneProviders.Tzdb[Trial.Request.Zone]).Date);
}
