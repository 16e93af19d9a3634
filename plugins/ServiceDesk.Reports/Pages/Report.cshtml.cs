using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime.Text;
using ServiceDesk.Reports.Exports;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Reports.Pages;

/// <summary>A report: its chart with the table beside it, for a period that the reader chooses.</summary>
[Authorize(Policy = ReportsPlugin.SeePermission)]
public sealed class ReportModel(
    ReportDesk desk,
    FigureUpkeep upkeep,
    TableMaker maker,
    IConfigurationReader configuration,
    ITexts texts,
    IWorkingTime time
) : PageModel
{
    /// <summary>The periods that are one click away, in days.</summary>
    public static IReadOnlyList<int> Spans { get; } = [7, 30, 90, 365];

    /// <summary>The report.</summary>
    public AskedReport Asked { get; private set; } = null!;

    /// <summary>What it shows.</summary>
    public AnswerView Answer { get; private set; } = null!;

    /// <summary>How complete the figures are.</summary>
    public FigureProgress Progress { get; private set; } = null!;

    /// <summary>Whether the viewer may change it.</summary>
    public bool MayEdit => HttpContext.CurrentViewer()!.May(ReportsPlugin.EditPermission);

    /// <summary>The first day as inputs write it.</summary>
    public string From => LocalDatePattern.Iso.Format(Asked.Span.First);

    /// <summary>The last day as inputs write it.</summary>
    public string To => LocalDatePattern.Iso.Format(Asked.Span.Last);

    /// <summary>This page.</summary>
    public string Address => Request.PathBase + Request.Path + Request.QueryString;

    /// <summary>Which zone and which time count, and whose tickets.</summary>
    public string HowCounted
    {
        get
        {
            var zone = texts.Format("reports.how-zone", Asked.Span.Zone.Id);
            var desks = texts["reports.how-desks"];
            return !Asked.Series.HasDurations ? $"{zone} {desks}"
                : Asked.Document.Calendar is { } calendar
                && configuration.Current.TryGet<CalendarDocument>(calendar, out var named)
                    ? $"{zone} {texts.Format("reports.how-calendar", named.Name.ToString())} {desks}"
                : $"{zone} {texts["reports.how-all-time"]} {desks}";
        }
    }

    /// <summary>Whether the period shown is the last so many days.</summary>
    public bool IsLast(int days) => Asked.Span.Days == days && !Request.Query.ContainsKey("to");

    /// <summary>Shows a report.</summary>
    public async Task<IActionResult> OnGetAsync(
        string? id,
        string? from,
        string? to,
        int? days,
        CancellationToken cancellation
    )
    {
        if (Ask(id, from, to, days) is { } refused)
        {
            return refused;
        }

        Progress = await upkeep.ProgressAsync(Asked.Document.Calendar, cancellation);
        Answer = await AnswerView.OfAsync(
            HttpContext.CurrentViewer()!,
            Asked,
            show: null,
            desk,
            maker,
            texts,
            time,
            cancellation
        );
        return Page();
    }

    /// <summary>The table as a file: <c>format=csv</c> or <c>xlsx</c>.</summary>
    public async Task<IActionResult> OnGetExportAsync(
        string? id,
        string? from,
        string? to,
        int? days,
        string? format,
        CancellationToken cancellation
    )
    {
        if (Ask(id, from, to, days) is { } refused)
        {
            return refused;
        }

        try
        {
            var table = await desk.TableAsync(HttpContext.CurrentViewer()!, Asked, cancellation);
            return SheetFile.Of(SheetMaker.Of(table, texts), Asked, format);
        }
        catch (QueryException)
        {
            return BadRequest();
        }
    }

    private IActionResult? Ask(string? id, string? from, string? to, int? days)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var within = days is >= 1 and <= ReportSpan.MostDays ? days : null;
        var refused = desk.Ask(viewer, id, from, to, within, out var asked);
        // A period that cannot be read is the report's own.
        if (refused?.Code == "reports.refusal.span")
        {
            refused = desk.Ask(viewer, id, null, null, null, out asked);
        }

        if (refused is not null)
        {
            return NotFound();
        }

        Asked = asked!;
        return null;
    }
}

/// <summary>Sheets as files.</summary>
internal static class SheetFile
{
    public static FileContentResult Of(Sheet sheet, AskedReport asked, string? format) =>
        format == "xlsx"
            ? new FileContentResult(sheet.ToXlsx(), Sheet.XlsxType)
            {
                FileDownloadName = SheetMaker.NameOf(asked.Document, asked.Span, "xlsx"),
            }
            : new FileContentResult(sheet.ToCsv(), Sheet.CsvType)
            {
                FileDownloadName = SheetMaker.NameOf(asked.Document, asked.Span, "csv"),
            };
}
