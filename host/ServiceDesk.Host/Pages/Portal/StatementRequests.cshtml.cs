using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>A figure of a customer's statement.</summary>
public enum StatementFigure
{
    /// <summary>Requests that were opened.</summary>
    Opened = 1,

    /// <summary>Requests that were solved.</summary>
    Solved = 2,

    /// <summary>Promises that were kept.</summary>
    Met = 3,

    /// <summary>Promises that were broken.</summary>
    Breached = 4,
}

/// <summary>The requests behind a figure of the own organization's statement.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class StatementRequestsModel(
    Statements statements,
    PromiseReports reports,
    ITicketQueries queries,
    ICurrentConfiguration configuration,
    IPeople people,
    PromiseWords words,
    ReaderTimes times,
    ITexts texts
) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "organization")]
    public long? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Month { get; set; }

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "policy")]
    public string? Policy { get; set; }

    [BindProperty(SupportsGet = true, Name = "metric")]
    public string? Metric { get; set; }

    [BindProperty(SupportsGet = true, Name = "calendar")]
    public string? Calendar { get; set; }

    [BindProperty(SupportsGet = true, Name = "target")]
    public string? Target { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>Whose statement it is.</summary>
    public Organization Own { get; private set; } = null!;

    /// <summary>Its month.</summary>
    public DaySpan Span { get; private set; } = null!;

    /// <summary>Which figure.</summary>
    public StatementFigure Figure { get; private set; }

    /// <summary>The promises of the figure; null where it counts requests.</summary>
    public IReadOnlyList<ListedPromise>? Promises { get; private set; }

    /// <summary>The requests of the figure.</summary>
    public IReadOnlyList<RequestSummary> Requests { get; private set; } = [];

    /// <summary>Names of the requesters.</summary>
    public IReadOnlyDictionary<PersonId, string> Names { get; private set; } = new Dictionary<PersonId, string>();

    /// <summary>How many promises there are in all.</summary>
    public int Count { get; private set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>The figure in words, with the promise where it is of one.</summary>
    public string Title =>
        Promises is null ? texts[$"sla-report.{PromiseWord.Of(Figure)}"]
        : Policy is null || Metric is null ? texts[$"sla-report.state-{PromiseWord.Of(Figure)}"]
        : $"{words.Metric(Policy, Metric)}: {texts[$"sla-report.state-{PromiseWord.Of(Figure)}"]}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            Organization is not { } id
            || !PromiseWord.Reads<StatementFigure>(Show ?? "", out var figure)
            || DaySpan.OfMonth(Month, times.Zone, times.Now) is not { } month
            || await statements.AskOwnAsync(viewer, new OrganizationId(id), month, cancellation)
                is not var (organization, question)
        )
        {
            return NotFound();
        }

        (Own, Span, Figure) = (organization, month, figure);
        return figure is StatementFigure.Met or StatementFigure.Breached
            ? await ShowPromisesAsync(viewer, question, cancellation)
            : await ShowRequestsAsync(viewer, cancellation);
    }

    private async Task<IActionResult> ShowPromisesAsync(
        Viewer viewer,
        PromiseQuestion question,
        CancellationToken cancellation
    )
    {
        var given = new PromiseParameters
        {
            Policy = Policy,
            Metric = Metric,
            Calendar = Calendar,
            Target = Target,
        };
        // Of another policy than those that the customer may read there is nothing.
        if (
            PromiseAsk.Read(given, times.Zone, times.Now).Ask is not { Question: var narrow }
            || narrow.Policies.Any(policy => !question.Policies.Contains(policy))
        )
        {
            return NotFound();
        }

        (Promises, Count) = await reports.ListAsync(
            viewer,
            question with
            {
                State = Figure == StatementFigure.Met ? PromiseState.Met : PromiseState.Breached,
                Policies = narrow.Policies.Count > 0 ? narrow.Policies : question.Policies,
                Metric = narrow.Metric,
                Calendar = narrow.Calendar,
                Target = narrow.Target,
            },
            Statements.MostListed,
            cancellation
        );
        return Page();
    }

    private async Task<IActionResult> ShowRequestsAsync(Viewer viewer, CancellationToken cancellation)
    {
        var field = Figure == StatementFigure.Opened ? "created" : "resolved";
        var query =
            $"organization = {QueryText.Quote(Own.Key)} AND {field} >= \"{Span.From}\" AND {field} < \"{Span.To}\" ORDER BY {field} DESC";
        try
        {
            var page = await queries.FindAsync(viewer, query, PageSize, Cursor, cancellation);
            var snapshot = configuration.Snapshot;
            Requests = [.. page.Items.Select(ticket => RequestSummary.Of(ticket.State, snapshot))];
            Next = page.Next;
        }
        catch (QueryException) when (Cursor is not null)
        {
            // A cursor of an older list: begin again.
            return RedirectToPage(
                new
                {
                    organization = Organization,
                    month = Month,
                    show = Show,
                }
            );
        }

        var named = Requests.Select(request => request.Requester).Distinct().ToList();
        Names = (await people.FindAsync(named, cancellation)).ToDictionary(one => one.Key, one => one.Value.Name);
        return Page();
    }
}
