using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>With whom the time of promises passed: for whom tickets waited, which team had them, in which status.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class PromiseCausesModel(PromiseReports reports, PromiseWords words, ReaderTimes times, ITexts texts)
    : PromisePageModel(times)
{
    /// <summary>Most statuses that are listed.</summary>
    public const int MostStatuses = 12;

    /// <summary>What one chooses from.</summary>
    public static IReadOnlyList<PromiseState> States { get; } =
    [PromiseState.Breached, PromiseState.Met, PromiseState.Decided];

    /// <summary>The figures.</summary>
    public CauseReport Report { get; private set; } = new([], [], 0);

    /// <summary>The causes in words, in their order.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The share of all time.</summary>
    public double ShareOf(Duration time) => Report.Total > Duration.Zero ? time / Report.Total : 0;

    /// <summary>A cause's part of an address.</summary>
    public static Func<PromiseParameters, PromiseParameters> Of(CauseFigure figure) =>
        kept =>
            kept with
            {
                Cause = PromiseWord.Of(figure.Cause),
                With = figure is { Cause: WaitCause.Team, Team: { } team } ? $"{team}" : null,
            };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(cancellation))
        {
            return NotFound();
        }

        string[] headings = [texts["sla-report.cause"], texts["sla-report.time-hours"], texts["sla-report.share-time"]];
        return new CsvSheet(
            headings,
            Report.Causes.Select(
                (one, index) =>
                    (object?[])[Names[index], PromiseWords.Hours(one.Time), Math.Round(ShareOf(one.Time), 4)]
            )
        ).ToFile($"promises-causes-{Ask.Span.First:uuuu-MM-dd}");
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (!Reads(PromiseState.Breached) || Ask.Question.IsLive)
        {
            return false;
        }

        Report = await reports.CausesAsync(Reader, Ask.Question, cancellation);
        var names = new List<string>(Report.Causes.Count);
        foreach (var one in Report.Causes)
        {
            names.Add(await words.CauseAsync(one, cancellation));
        }

        Names = names;
        return true;
    }
}
