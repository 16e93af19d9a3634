using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What was promised to the customer's own organization in a month and how it went, of the agreements that the customer may read.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class StatementModel(Statements statements, PromiseWords words, ReaderTimes times, ITexts texts)
    : PageModel
{
    [BindProperty(SupportsGet = true, Name = "organization")]
    public long? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Month { get; set; }

    /// <summary>The customer's organizations that have statements.</summary>
    public IReadOnlyList<Organization> Own { get; private set; } = [];

    /// <summary>The statement.</summary>
    public Statement Statement { get; private set; } = null!;

    /// <summary>The month as it stands in the address.</summary>
    public string MonthText =>
        NodaTime.Text.LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").Format(Statement.Month.First);

    /// <summary>With whom time passed: what happens inside the house is one.</summary>
    public IEnumerable<(string Name, NodaTime.Duration Time)> Times =>
        Statement
            .Causes.Causes.GroupBy(one => words.CauseForCustomer(one.Cause))
            .Select(group => (group.Key, group.Aggregate(NodaTime.Duration.Zero, (sum, one) => sum + one.Time)))
            .OrderByDescending(one => one.Item2);

    /// <summary>Where the requests of a figure stand.</summary>
    /// <param name="show">A word of <see cref="StatementFigure"/>.</param>
    /// <param name="goal">Of which promise; null for all.</param>
    public string Requests(StatementFigure show, GoalFigure? goal = null) =>
        Url.Page(
            "/Portal/StatementRequests",
            new
            {
                organization = Organization,
                month = MonthText,
                show = PromiseWord.Of(show),
                policy = goal?.Goal.Policy,
                metric = goal?.Goal.Metric,
                calendar = goal?.Goal.Calendar,
                target = goal is null ? null : IsoDuration.Format(goal.Goal.Target),
            }
        )!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation)
            ? StatementSheet
                .Of(Statement, words, texts, words.LongestForCustomer)
                .ToFile($"statement-{Statement.Organization.Key}-{MonthText}")
            : NotFound();

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        Own = await statements.OwnAsync(viewer, cancellation);
        if (Own.Count == 0 || DaySpan.OfMonth(Month, times.Zone, times.Now) is not { } month)
        {
            return false;
        }

        var id = Organization is { } asked ? new OrganizationId(asked) : Own[0].Id;
        if (await statements.OfOwnAsync(viewer, id, month, cancellation) is not { } statement)
        {
            return false;
        }

        (Statement, Organization) = (statement, id.Value);
        return true;
    }
}
