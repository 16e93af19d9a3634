using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Pages;

/// <summary>A gadget as it is shown.</summary>
/// <param name="Answer">Its report.</param>
/// <param name="Wide">Whether it takes the whole width.</param>
/// <param name="Period">The days that it shows, in words.</param>
/// <param name="Days">Those days as a part of an address; empty for the report's own.</param>
public sealed record ShownGadget(AnswerView Answer, bool Wide, string Period, string Days);

/// <summary>A dashboard. Its figures are drawn again when tickets change.</summary>
[Authorize(Policy = ReportsPlugin.SeePermission)]
public sealed class DashboardModel(
    DashboardDesk dashboards,
    ReportDesk desk,
    TableMaker maker,
    IConfigurationReader configuration,
    ITexts texts,
    IWorkingTime time
) : PageModel
{
    /// <summary>The dashboard.</summary>
    public DashboardDocument Document { get; private set; } = null!;

    /// <summary>Its gadgets.</summary>
    public IReadOnlyList<ShownGadget> Gadgets { get; private set; } = [];

    /// <summary>Whether the viewer may change it.</summary>
    public bool MayEdit => DashboardDesk.MayEdit(HttpContext.CurrentViewer()!, Document);

    /// <summary>This page.</summary>
    public string Address => Request.PathBase + Request.Path + Request.QueryString;

    /// <summary>Shows a dashboard; without an id the first that the viewer sees.</summary>
    public async Task<IActionResult> OnGetAsync(string? id, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var seen = await dashboards.OfAsync(viewer, cancellation);
        if (seen.FirstOrDefault(one => string.IsNullOrEmpty(id) || one.Id == id) is not { } document)
        {
            return NotFound();
        }

        Document = document;
        var gadgets = new List<ShownGadget>();
        foreach (var gadget in document.Gadgets)
        {
            if (await ShownAsync(viewer, gadget, cancellation) is { } shown)
            {
                gadgets.Add(shown);
            }
        }

        Gadgets = gadgets;
        return Page();
    }

    private async Task<ShownGadget?> ShownAsync(Viewer viewer, DashboardGadget gadget, CancellationToken cancellation)
    {
        if (!configuration.Current.TryGet<ReportDocument>(gadget.Report, out var report))
        {
            return null;
        }

        var count = gadget.Days ?? report.Days;
        var period = texts.Format("reports.last-days", count.ToString(CultureInfo.CurrentCulture));
        var days = gadget.Days is { } own ? string.Create(CultureInfo.InvariantCulture, $"&days={own}") : "";
        var answer = desk.Ask(viewer, gadget.Report, null, null, gadget.Days, out var asked) is { } refused
            ? AnswerView.Failed(report, texts.Say(refused))
            : await AnswerView.OfAsync(viewer, asked!, gadget.Show, desk, maker, texts, time, cancellation);
        return new ShownGadget(answer, gadget.Wide, period, days);
    }
}
