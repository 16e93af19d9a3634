using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Reports.Pages;

/// <summary>The dashboards and reports that there are, and for operators the rebuild of the figures.</summary>
[Authorize(Policy = ReportsPlugin.SeePermission)]
public sealed class ListModel(
    ReportDesk desk,
    DashboardDesk dashboards,
    FigureUpkeep upkeep,
    SeriesCatalog catalog,
    ITexts texts
) : PageModel
{
    /// <summary>The dashboards that the viewer sees.</summary>
    public IReadOnlyList<DashboardDocument> Dashboards { get; private set; } = [];

    /// <summary>The reports.</summary>
    public IReadOnlyList<ReportDocument> Reports { get; private set; } = [];

    /// <summary>How complete the figures are.</summary>
    public FigureProgress Progress { get; private set; } = new(0, 0, IsCounting: false);

    /// <summary>Whether the viewer may change reports.</summary>
    public bool MayEdit => HttpContext.CurrentViewer()!.May(ReportsPlugin.EditPermission);

    /// <summary>Whether the viewer may have the figures made anew.</summary>
    public bool MayRebuild => HttpContext.CurrentViewer()!.May(Permissions.Operate);

    /// <summary>Whether a rebuild was just asked for.</summary>
    public bool IsRebuilt { get; private set; }

    /// <summary>For whom a dashboard is.</summary>
    public string For(DashboardDocument dashboard) =>
        dashboard switch
        {
            { Person: not null } => texts["reports.for-you"],
            { Team: { } team } => texts.Format("reports.for-team", team),
            _ => texts["reports.for-everyone"],
        };

    /// <summary>What a report counts.</summary>
    public string SeriesName(ReportDocument report) =>
        catalog.Find(report.Series) is { } series ? texts[series.NameKey] : report.Series;

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync(string? rebuilt, CancellationToken cancellation)
    {
        Dashboards = await dashboards.OfAsync(HttpContext.CurrentViewer()!, cancellation);
        Reports = [.. desk.All];
        Progress = await upkeep.ProgressAsync(null, cancellation);
        IsRebuilt = rebuilt is not null;
        return Page();
    }

    /// <summary>Has the figures made anew.</summary>
    public async Task<IActionResult> OnPostRebuildAsync(CancellationToken cancellation)
    {
        if (!MayRebuild)
        {
            return Forbid();
        }

        await upkeep.RebuildAsync(cancellation);
        return Redirect(Url.Content("~/plugins/reports/list?rebuilt=1"));
    }
}
