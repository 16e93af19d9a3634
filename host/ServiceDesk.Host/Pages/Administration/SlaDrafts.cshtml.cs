using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>SLA policies and calendars that are being written, trials of them, and how published ones came to running clocks.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class SlaDraftsModel(
    ServiceDesk.Host.Sla.Versions.SlaDrafts drafts,
    Backtests trials,
    ISlaChangeovers changeovers,
    ICurrentConfiguration configuration
) : PageModel
{
    private const int MostChangeovers = 20;

    public IReadOnlyList<SlaDraft> Drafts { get; private set; } = [];

    public IReadOnlyList<Backtest> Trials { get; private set; } = [];

    public IReadOnlyList<SlaChangeover> Changeovers { get; private set; } = [];

    /// <summary>What a draft can be begun from.</summary>
    public IEnumerable<(string Kind, string Id, string Name)> Documents =>
        configuration
            .Snapshot.All<SlaPolicyDocument>()
            .Select(one => (DocumentKinds.SlaPolicy, one.Id, one.Name.ToString()))
            .Concat(
                configuration
                    .Snapshot.All<CalendarDocument>()
                    .Select(one => (DocumentKinds.Calendar, one.Id, one.Name.ToString()))
            );

    /// <summary>The colour of a trial's state.</summary>
    public static string ToneOf(BacktestState state) =>
        state switch
        {
            BacktestState.Running => "amber",
            BacktestState.Done => "green",
            BacktestState.Failed => "red",
            _ => "gray",
        };

    /// <summary>The name of a draft; its id while it cannot be read.</summary>
    public string NameOf(SlaDraft draft) => drafts.Read(draft)?.Name.ToString() ?? draft.Document;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Drafts = await drafts.AllAsync(cancellation);
        Trials = await trials.ListAsync(HttpContext.RequireViewer(), cancellation);
        Changeovers = await changeovers.ListAsync(null, null, MostChangeovers, cancellation);
    }

    public async Task<IActionResult> OnPostBeginAsync(string? document, CancellationToken cancellation)
    {
        var by = HttpContext.RequireViewer().Person.Id;
        return
            (document ?? "").Split('/', 2) is [var kind, var id]
            && await drafts.OpenAsync(kind, id, by, cancellation) is not null
            ? RedirectToPage("/Administration/SlaDraft", new { kind, id })
            : NotFound();
    }
}
