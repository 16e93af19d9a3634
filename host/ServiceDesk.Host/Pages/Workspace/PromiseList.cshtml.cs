using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Exactly what a figure counts: one row a clock, so that a ticket with two of them stands twice.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class PromiseListModel(PromiseReports reports, PromiseWords words, ReaderTimes times, ITexts texts)
    : PromisePageModel(times)
{
    private const int PageSize = 50;
    private const int MostExported = 10_000;

    [BindProperty(SupportsGet = true, Name = "skip")]
    public int Skip { get; set; }

    /// <summary>This part of the list.</summary>
    public IReadOnlyList<ListedPromise> Lines { get; private set; } = [];

    /// <summary>With whom most of the time passed, in words, in the order of the lines.</summary>
    public IReadOnlyList<string> Reasons { get; private set; } = [];

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    /// <summary>What is asked, in words.</summary>
    public IReadOnlyList<string> Filters { get; private set; } = [];

    /// <summary>The address of another part; null when there is none.</summary>
    public string? Next => Skip + PageSize < Count ? $"{Here}&skip={Skip + PageSize}" : null;

    /// <summary>The address of the first part.</summary>
    public string Here =>
        At("/Workspace/PromiseList", _ => Ask.Given with { State = PromiseWord.Of(Ask.Question.State) });

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Skip < 0 || !await ReadAsync(Skip, PageSize, cancellation))
        {
            return NotFound();
        }

        Filters = [.. await FiltersAsync(cancellation)];
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        if (!await ReadAsync(0, MostExported, cancellation))
        {
            return NotFound();
        }

        string[] headings =
        [
            texts["sla-trial.ticket"],
            texts["sla-report.summary"],
            texts["sla-trial.metric"],
            texts["sla-report.target-hours"],
            texts["sla-report.verdict"],
            texts["sla-report.elapsed-hours"],
            texts["sla-report.paused-hours"],
            texts["sla-report.started-at"],
            texts["sla-report.decided-at"],
            texts["sla-report.longest"],
        ];
        return new CsvSheet(headings, Lines.Select((line, index) => Row(line, Reasons[index]))).ToFile(
            $"promises-{Ask.Given.State ?? "decided"}-{Ask.Span.First:uuuu-MM-dd}"
        );
    }

    private object?[] Row(ListedPromise promise, string reason) =>
        [
            promise.Ticket.State.Key.ToString(),
            promise.Ticket.State.Summary,
            words.Metric(promise.Line.Goal.Policy, promise.Line.Metric),
            PromiseWords.Hours(promise.Line.Goal.Target),
            words.Verdict(promise.Line),
            PromiseWords.Hours(promise.Line.Elapsed),
            PromiseWords.Hours(promise.Line.PausedFor),
            Write(promise.Line.StartedAt),
            Write(promise.Line.DecidedAt),
            reason,
        ];

    private string? Write(Instant? at) =>
        at is { } known
            ? OffsetDateTimePattern.GeneralIso.Format(known.InZone(Ask.Span.Zone).ToOffsetDateTime())
            : null;

    private async Task<bool> ReadAsync(int skip, int limit, CancellationToken cancellation)
    {
        if (!Reads())
        {
            return false;
        }

        (Lines, Count) = await reports.ListAsync(Reader, Ask, skip, limit, cancellation);
        var reasons = new List<string>(Lines.Count);
        foreach (var line in Lines)
        {
            reasons.Add(
                line.Longest is { } longest
                    ? $"{await words.CauseAsync(longest, cancellation)} {PromiseWords.Length(longest.Time, isCalendarTime: true)}"
                    : ""
            );
        }

        Reasons = reasons;
        return true;
    }

    private async Task<IEnumerable<string>> FiltersAsync(CancellationToken cancellation)
    {
        var question = Ask.Question;
        var filters = new List<string>();
        if (!question.IsLive)
        {
            filters.Add(PromiseWords.Span(Ask.Span));
        }

        if (question.Metric is { } metric)
        {
            filters.Add(words.Metric(question.Policies.FirstOrDefault() ?? "", metric));
        }

        if (question is { Target: { } target, Calendar: { } calendar })
        {
            filters.Add(
                $"{words.Target(new PromisedGoal("", "", target, calendar, null))}, {words.Calendar(calendar)}"
            );
        }

        if (question.Team is { } team)
        {
            filters.Add(await words.TeamAsync(team, cancellation));
        }

        if (question.Organization is { } organization)
        {
            filters.Add(await OrganizationAsync(organization, cancellation));
        }

        if (question.Desk is { } desk)
        {
            filters.Add(desk);
        }

        if (question.Hour is { } hour)
        {
            filters.Add(PromiseWords.Hour(hour));
        }

        if (Ask.Cause is { } cause)
        {
            filters.Add(await words.CauseAsync(new CauseFigure(cause, Ask.With, Duration.Zero, 0), cancellation));
        }

        return filters;
    }

    // Of a customer whom the reader's desks do not serve there is nothing to list, nor a name to tell.
    private async Task<string> OrganizationAsync(long id, CancellationToken cancellation) =>
        id == 0
            ? texts["sla-trial.no-organization"]
            : (await reports.CustomersAsync(Reader, cancellation))
                .FirstOrDefault(one => one.Id == new OrganizationId(id))
                ?.Name
                ?? id.ToString(CultureInfo.InvariantCulture);
}
