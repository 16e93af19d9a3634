using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>How promises went: kept and broken by goal, and those that run now. Between teams, by team.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class PromisesModel(PromiseReports reports, PromiseWords words, ReaderTimes times, ITexts texts)
    : PromisePageModel(times)
{
    /// <summary>By goal.</summary>
    public IReadOnlyList<GoalFigure> Goals { get; private set; } = [];

    /// <summary>By day, or by week where there are many days.</summary>
    public DayBars Bars { get; private set; } = DayBars.None;

    /// <summary>Names of teams.</summary>
    public Dictionary<long, string> TeamNames { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(cancellation))
        {
            return NotFound();
        }

        // The page tells all states beside one another, whichever its address names.
        var decided = Ask.Question with
        {
            State = PromiseState.Decided,
        };
        var quarters = await reports.QuartersAsync(Reader, decided, cancellation);
        Bars = DayBars.Of(Ask.Span, quarters);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(cancellation))
        {
            return NotFound();
        }

        string[] headings =
        [
            texts["sla-report.policy"],
            texts["sla-trial.metric"],
            texts["sla-report.target-hours"],
            texts["sla-report.calendar"],
            texts["sla-trial.team"],
            texts["sla-report.state-met"],
            texts["sla-report.state-breached"],
            texts["sla-report.share"],
            texts["sla-report.median-hours"],
            texts["sla-report.ninety-hours"],
            texts["sla-report.state-on-track"],
            texts["sla-report.state-near"],
            texts["sla-report.state-broken"],
            texts["sla-report.state-paused"],
        ];
        return new CsvSheet(headings, Goals.Select(Row)).ToFile($"promises-{Ask.Span.First:uuuu-MM-dd}");
    }

    /// <summary>A goal's part of an address.</summary>
    public Func<PromiseParameters, PromiseParameters> Of(GoalFigure figure) =>
        kept =>
            kept with
            {
                Policy = figure.Goal.Policy,
                Metric = figure.Goal.Metric,
                Target = IsoDuration.Format(figure.Goal.Target),
                Calendar = figure.Goal.Calendar,
                Team = figure.Goal.Team is { } team ? $"{team}" : null,
            };

    private object?[] Row(GoalFigure figure) =>
        [
            words.Policy(figure.Goal.Policy),
            words.Metric(figure.Goal.Policy, figure.Goal.Metric),
            PromiseWords.Hours(figure.Goal.Target),
            words.Calendar(figure.Goal.Calendar),
            figure.Goal.Team is { } team ? TeamNames[team] : null,
            figure.Met,
            figure.Breached,
            figure.ShareMet,
            PromiseWords.Hours(figure.Median),
            PromiseWords.Hours(figure.NinetyPercent),
            figure.OnTrack,
            figure.Near,
            figure.Broken,
            figure.Paused,
        ];

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (!Reads())
        {
            return false;
        }

        Goals = await reports.GoalsAsync(Reader, Ask.Question with { ByTeam = IsBetweenTeams }, cancellation);
        foreach (var team in Goals.Select(figure => figure.Goal.Team).OfType<long>().Distinct())
        {
            TeamNames[team] = await words.TeamAsync(team, cancellation);
        }

        return true;
    }
}

/// <summary>Kept and broken promises of a stretch of days.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Met">Kept.</param>
/// <param name="Breached">Broken.</param>
public sealed record DayBar(LocalDate First, int Met, int Breached);

/// <summary>Bars of a chart, one a day, or one a week.</summary>
public sealed record DayBars(IReadOnlyList<DayBar> Bars, bool AreWeeks)
{
    /// <summary>The chart's height.</summary>
    public const int Height = 100;

    /// <summary>The room of a bar.</summary>
    public const int Width = 10;

    private const int MostDays = 92;
    private const int DaysOfWeek = 7;

    /// <summary>None.</summary>
    public static DayBars None { get; } = new([], false);

    /// <summary>The highest bar.</summary>
    public int Most => Math.Max(1, Bars.Select(bar => bar.Met + bar.Breached).DefaultIfEmpty().Max());

    /// <summary>Puts quarters of hours into bars.</summary>
    public static DayBars Of(DaySpan span, IEnumerable<QuarterFigure> quarters)
    {
        var step = span.Days > MostDays ? DaysOfWeek : 1;
        var bars = new DayBar[(span.Days + step - 1) / step];
        for (var i = 0; i < bars.Length; i++)
        {
            bars[i] = new DayBar(span.First.PlusDays(i * step), 0, 0);
        }

        foreach (var quarter in quarters)
        {
            var day = Period.DaysBetween(span.First, quarter.From.InZone(span.Zone).Date);
            var at = Math.Clamp(day / step, 0, bars.Length - 1);
            bars[at] = bars[at] with
            {
                Met = bars[at].Met + quarter.Count - quarter.Breached,
                Breached = bars[at].Breached + quarter.Breached,
            };
        }

        return new DayBars(bars, step > 1);
    }

    /// <summary>How high a count stands.</summary>
    public int HeightOf(int count) => (int)Math.Round((double)count * Height / Most);
}
