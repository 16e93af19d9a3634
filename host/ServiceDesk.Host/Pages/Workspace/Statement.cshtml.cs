using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What was promised to a customer in a month and how it went, to be printed and sent.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class StatementModel(
    Statements statements,
    PromiseReports reports,
    PromiseWords words,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "organization")]
    public long? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Month { get; set; }

    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? Zone { get; set; }

    /// <summary>Customers to choose from.</summary>
    public IReadOnlyList<Organization> Customers { get; private set; } = [];

    /// <summary>The month.</summary>
    public DaySpan Span { get; private set; } = null!;

    /// <summary>The statement; null while no customer is chosen.</summary>
    public Statement? Statement { get; private set; }

    /// <summary>The month as it stands in the address.</summary>
    public string MonthText => NodaTime.Text.LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").Format(Span.First);

    /// <summary>This statement as a file, or in another language.</summary>
    public string At(string? handler = null, string? lang = null) =>
        Url.Page(
            "/Workspace/Statement",
            handler,
            new
            {
                organization = Organization,
                month = MonthText,
                zone = Zone,
                lang,
            }
        )!;

    /// <summary>The list of what a figure counts.</summary>
    public string Listed(PromiseState state, GoalFigure? goal = null, CauseFigure? cause = null) =>
        Url.Page("/Workspace/PromiseList")
        + new PromiseParameters
        {
            State = PromiseWord.Of(state),
            Organization = $"{Organization}",
            From = $"{Span.First:uuuu-MM-dd}",
            To = $"{Span.Last:uuuu-MM-dd}",
            Zone = Span.Zone.Id,
            Policy = goal?.Goal.Policy,
            Metric = goal?.Goal.Metric,
            Calendar = goal?.Goal.Calendar,
            Target = goal is null ? null : IsoDuration.Format(goal.Goal.Target),
            Cause = cause is null ? null : PromiseWord.Of(cause.Cause),
            With = cause?.Team is { } team ? $"{team}" : null,
        }.ToQuery();

    /// <summary>The list of tickets that were opened or solved in the month, in the query language.</summary>
    public string Tickets(string field) =>
        Url.Page(
            "/Workspace/Search",
            new
            {
                q = $"organization = \"{Statement!.Organization.Key}\" AND {field} >= \"{Span.From}\" AND {field} < \"{Span.To}\"",
            }
        )!;

    /// <summary>With whom most of a promise's time passed.</summary>
    public string Reason(ListedPromise promise) =>
        promise.Longest is { } longest
            ? $"{words.Cause(longest.Cause)} {PromiseWords.Length(longest.Time, isCalendarTime: true)}"
            : texts["sla-report.running"];

    /// <summary>With whom time passed.</summary>
    public Task<string> CauseAsync(CauseFigure figure) => words.CauseAsync(figure, HttpContext.RequestAborted);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) && Statement is { } statement
            ? StatementSheet
                .Of(statement, words, texts, Reason)
                .ToFile($"statement-{statement.Organization.Key}-{MonthText}")
            : NotFound();

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var zone = string.IsNullOrEmpty(Zone) ? times.Zone : DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone);
        if (zone is null || DaySpan.OfMonth(Month, zone, times.Now) is not { } span)
        {
            return false;
        }

        Span = span;
        var viewer = HttpContext.RequireViewer();
        Customers = await reports.CustomersAsync(viewer, cancellation);
        if (Organization is { } id)
        {
            Statement = await statements.OfAsync(viewer, new OrganizationId(id), span, cancellation);
            return Statement is not null;
        }

        return true;
    }
}
