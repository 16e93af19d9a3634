using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>In which hours of the week promises are broken, kept or begun.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class PromiseHoursModel(PromiseReports reports, ReaderTimes times, ITexts texts) : PromisePageModel(times)
{
    private const int HoursOfWeek = 168;
    private const int Deepest = 5;

    /// <summary>What one chooses from.</summary>
    public static IReadOnlyList<PromiseState> States { get; } =
    [PromiseState.Breached, PromiseState.Met, PromiseState.Started];

    /// <summary>How many in each hour, 0 is Monday from midnight.</summary>
    public IReadOnlyDictionary<int, (int Count, int Breached)> Hours { get; private set; } =
        new Dictionary<int, (int, int)>();

    /// <summary>How many there are together.</summary>
    public int Total => Hours.Values.Sum(one => one.Count);

    /// <summary>The most in an hour.</summary>
    public int Most => Hours.Values.Select(one => one.Count).DefaultIfEmpty().Max();

    /// <summary>How many in an hour.</summary>
    public int CountOf(int hour) => Hours.GetValueOrDefault(hour).Count;

    /// <summary>How deep an hour is coloured, 0 to 5.</summary>
    public int DepthOf(int hour) =>
        CountOf(hour) is var count && count == 0 ? 0 : 1 + (((count * (Deepest - 1)) - 1) / Most);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(cancellation))
        {
            return NotFound();
        }

        string[] headings =
        [
            texts["sla-trial.weekday"],
            texts["sla-report.hour"],
            texts[$"sla-report.state-{PromiseWord.Of(Ask.Question.State)}"],
        ];
        return new CsvSheet(
            headings,
            Enumerable
                .Range(0, HoursOfWeek)
                .Select(hour => (object?[])[Sla.BacktestWords.Weekday(hour / 24), hour % 24, CountOf(hour)])
        ).ToFile($"promises-hours-{Ask.Span.First:uuuu-MM-dd}");
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (!Reads(PromiseState.Breached) || Ask.Question.IsLive)
        {
            return false;
        }

        Hours = await reports.HoursAsync(Reader, Ask.Question, cancellation);
        return true;
    }
}
