using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Sla.Integrity;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Sla.Integrity;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Clocks whose pauses and goals do not tell what happened, with both verdicts; corrections are proposed and approved here.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class IntegrityModel(
    PauseIntegrity integrity,
    SlaCorrections corrections,
    OpenedTicket opened,
    IEventLog log,
    IPeople people,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    private IReadOnlyDictionary<PersonId, Person> names = new Dictionary<PersonId, Person>();

    /// <summary>How many days back one can look.</summary>
    public static IReadOnlyList<int> Spans { get; } = [7, 30, 90, 365];

    [BindProperty(SupportsGet = true, Name = "days")]
    public int Days { get; set; } = 30;

    public IntegrityReport Report { get; private set; } = new([], 0, IsCut: false);

    public IReadOnlyList<ProposalLine> Proposals { get; private set; } = [];

    public string? Error { get; private set; }

    /// <summary>The word of a kind in keys of texts.</summary>
    public string WordOf(FindingKind kind) =>
        kind switch
        {
            FindingKind.CustomerAnswered => "answered",
            FindingKind.PriorityLowered => "lowered",
            _ => "flapping",
        };

    /// <summary>The name of a metric.</summary>
    public string MetricOf(string metric) =>
        configuration
            .Snapshot.All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .FirstOrDefault(one => one.Id == metric)
            ?.Name.ToString()
        ?? metric;

    /// <summary>The name of a person.</summary>
    public string NameOf(PersonId? person) =>
        person is { } id && names.TryGetValue(id, out var found) ? found.Name : "?";

    /// <summary>Whether the reader may approve a proposal: with the permission, and never one's own.</summary>
    public bool MayApprove(SlaProposal proposal) =>
        HttpContext.RequireViewer() is var viewer
        && viewer.May(Permissions.CorrectClocks)
        && viewer.Person.Id != proposal.By;

    /// <summary>Whether the reader may decline a proposal, or take it back.</summary>
    public bool MayDecline(SlaProposal proposal) =>
        HttpContext.RequireViewer() is var viewer
        && (viewer.May(Permissions.CorrectClocks) || viewer.Person.Id == proposal.By);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellation) => ShowAsync(cancellation);

    public async Task<IActionResult> OnPostProposeAsync(
        string? key,
        string? metric,
        int cycle,
        long version,
        string? kind,
        string? reason,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        if (await opened.FindAsync(viewer, key ?? "", cancellation) is not { } ticket)
        {
            return NotFound();
        }

        // Found again rather than taken from the form, so that what is proposed is what was shown.
        var events = await log.ReadTicketAsync(ticket.State.Id, cancellation);
        var line = integrity
            .Of(ticket, [.. events.Where(one => one.Version <= ticket.State.Version)])
            .FirstOrDefault(one =>
                one.Finding.Clock.Metric == metric
                && one.Finding.Clock.Cycle == cycle
                && one.Finding.EventVersion == version
                && WordOf(one.Finding.Kind) == kind
            );
        if (line is null)
        {
            return NotFound();
        }

        var (proposal, refusal) = await corrections.ProposeAsync(
            ticket,
            line.Finding.Clock.Metric,
            cycle,
            new ProposedCounting(line.Finding.Spans, line.Finding.KeptGoals),
            reason,
            viewer,
            cancellation
        );
        return proposal is null ? await RefuseAsync(refusal!, cancellation) : Done("sla-integrity.proposed");
    }

    public async Task<IActionResult> OnPostDecideAsync(long id, bool approves, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await corrections.FindAsync(id, viewer, cancellation) is not { } line)
        {
            return NotFound();
        }

        var refusal = approves
            ? (await corrections.ApproveAsync(line.Proposal, viewer, cancellation)).FirstOrDefault()
            : await corrections.DeclineAsync(line.Proposal, viewer, cancellation);
        return refusal is not null
            ? await RefuseAsync(refusal, cancellation)
            : Done(approves ? "sla-integrity.approved" : "sla-integrity.declined");
    }

    private RedirectToPageResult Done(string key)
    {
        TempData["Done"] = texts[key];
        return RedirectToPage(null, null, new { days = Days }, "proposals");
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        Error = texts.Say(refusal);
        Response.StatusCode = RefusalStatus.Of(refusal.Kind);
        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        Days = Math.Clamp(Days, 1, PauseIntegrity.MostDays);
        Report = await integrity.ReadAsync(viewer, Days, cancellation);
        Proposals = await corrections.ListAsync(viewer, cancellation);
        PersonId[] ids =
        [
            .. Proposals
                .SelectMany(line => new[] { line.Proposal.By, line.Proposal.DecidedBy })
                .OfType<PersonId>()
                .Distinct(),
        ];
        names = await people.FindAsync(ids, cancellation);
        return Page();
    }
}

/// <summary>A finding as a page shows it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The finding.</param>
public sealed record FindingView(IntegrityModel Page, IntegrityLine Line);
