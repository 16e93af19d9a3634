using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The tickets behind a figure of a trial.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaBacktestTicketsModel(
    Backtests trials,
    BacktestClocks clocks,
    BacktestWords words,
    IPeopleStore people,
    ITexts texts
) : PageModel
{
    /// <summary>Clocks on a page.</summary>
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "agreement")]
    public AgreementType? Agreement { get; set; }

    [BindProperty(SupportsGet = true, Name = "official")]
    public KeptVerdict? Official { get; set; }

    [BindProperty(SupportsGet = true, Name = "draft")]
    public KeptVerdict? Draft { get; set; }

    [BindProperty(SupportsGet = true, Name = "metric")]
    public string? Metric { get; set; }

    [BindProperty(SupportsGet = true, Name = "organization")]
    public long? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "priority")]
    public Priority? Priority { get; set; }

    [BindProperty(SupportsGet = true, Name = "team")]
    public long? Team { get; set; }

    [BindProperty(SupportsGet = true, Name = "hour")]
    public int? Hour { get; set; }

    [BindProperty(SupportsGet = true, Name = "fate")]
    public KeptClockFate? Fate { get; set; }

    [BindProperty(SupportsGet = true, Name = "skip")]
    public int Skip { get; set; }

    public Backtest Trial { get; private set; } = null!;

    public IReadOnlyList<BacktestClockLine> Lines { get; private set; } = [];

    public bool HasMore { get; private set; }

    /// <summary>What is asked, in words.</summary>
    public IReadOnlyList<string> Filters { get; private set; } = [];

    /// <summary>The address of another part of the list.</summary>
    public string At(int skip) =>
        Url.Page(
            "/Administration/SlaBacktestTickets",
            new
            {
                id = Trial.Id,
                agreement = Asked == AgreementType.Sla ? null : BacktestWords.Word(Asked),
                official = Official is { } official ? BacktestWords.Word(official) : null,
                draft = Draft is { } draft ? BacktestWords.Word(draft) : null,
                metric = Metric,
                organization = Organization,
                priority = Priority?.ToString().ToLowerInvariant(),
                team = Team,
                hour = Hour,
                fate = Fate?.ToString().ToLowerInvariant(),
                skip,
            }
        )!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await trials.FindAsync(id, viewer, cancellation) is not { } trial || Skip < 0)
        {
            return NotFound();
        }

        Trial = trial;
        var question = new KeptClockQuestion
        {
            Agreement = Asked,
            Official = Official,
            Draft = Draft,
            Metric = Metric,
            Organization = Organization,
            Priority = Priority,
            Team = Team,
            Hour = Hour,
            Fate = Fate,
        };
        (Lines, HasMore) = await clocks.ReadAsync(trial, question, Skip, PageSize, viewer, cancellation);
        Filters = [.. await FiltersAsync(cancellation)];
        return Page();
    }

    private AgreementType Asked => Agreement == AgreementType.Ola ? AgreementType.Ola : AgreementType.Sla;

    private string Verdict(KeptVerdict verdict) =>
        words.Verdict(verdict == KeptVerdict.None ? null : (ClockVerdict)verdict);

    private async Task<IEnumerable<string>> FiltersAsync(CancellationToken cancellation)
    {
        var filters = new List<string>();
        if (!Trial.IsTogether)
        {
            filters.Add(texts[Asked == AgreementType.Ola ? "sla-report.between-teams" : "sla-report.to-customers"]);
        }

        if (Official is { } official)
        {
            filters.Add(texts.Format("sla-trial.official-is", Verdict(official)));
        }

        if (Draft is { } draft)
        {
            filters.Add(texts.Format("sla-trial.draft-is", Verdict(draft)));
        }

        if (Fate is { } fate)
        {
            filters.Add(texts[$"sla-trial.fate-{BacktestWords.Word(fate)}"]);
        }

        if (Metric is { } metric)
        {
            filters.Add(words.Metric(metric, Trial));
        }

        if (Organization is { } organization)
        {
            filters.Add(
                organization == 0
                    ? texts["sla-trial.no-organization"]
                    : (await people.FindOrganizationAsync(new OrganizationId(organization), cancellation))?.Name ?? "?"
            );
        }

        if (Priority is { } priority)
        {
            filters.Add(words.Priority(priority));
        }

        if (Team is { } team)
        {
            filters.Add(words.Team(team == 0 ? null : new TeamId(team), await words.TeamsAsync(cancellation)));
        }

        if (Hour is >= 0 and < 168 and var hour)
        {
            filters.Add($"{BacktestWords.Weekday(hour / 24)} {hour % 24}:00");
        }

        return filters;
    }
}
