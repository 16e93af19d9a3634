using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using ServiceDesk.Reports.Exports;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Reports.Pages;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Reports.Api;

/// <summary>Reports over REST, under <c>/api/v1/plugins/reports</c>.</summary>
public static class ReportRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var seeing = routes.MapGroup("").RequirePermission(ReportsPlugin.SeePermission);
        seeing.MapGet("/reports", List).WithSummary("Lists the reports.").Produces<ReportListAnswer>();
        seeing
            .MapGet("/reports/{id}", RunAsync)
            .WithSummary("Counts a report between two days.")
            .Produces<ReportAnswer>()
            .MayFail(400, 404, 422);
        seeing
            .MapGet("/reports/{id}/export", ExportAsync)
            .WithSummary("Counts a report and gives it as a table, csv or xlsx.")
            .Produces<byte[]>(contentType: Sheet.CsvType, additionalContentTypes: Sheet.XlsxType)
            .MayFail(400, 404, 422);
        seeing
            .MapGet("/reports/{id}/tickets", TicketsAsync)
            .WithSummary("Lists what a figure of a report counts.")
            .Produces<CountedAnswer>()
            .MayFail(400, 404, 422);
        seeing
            .MapGet("/dashboards", DashboardsAsync)
            .WithSummary("Lists the dashboards that the asking person sees.")
            .Produces<DashboardListAnswer>();
        DefinitionRoutes.Map(routes);
        var operating = routes.MapGroup("").RequirePermission(Permissions.Operate);
        operating
            .MapGet("/rebuild", ProgressAsync)
            .WithSummary("Tells how far a rebuild of the figures is.")
            .Produces<ProgressAnswer>();
        operating
            .MapPost("/rebuild", RebuildAsync)
            .WithSummary("Has all figures made anew from the first event.")
            .Produces<ProgressAnswer>(StatusCodes.Status202Accepted);
    }

    private static IResult List(ReportDesk desk) =>
        Results.Ok(new ReportListAnswer([.. desk.All.Select(ReportLine.Of)]));

    private static async Task<IResult> RunAsync(
        string id,
        string? from,
        string? to,
        ReportDesk desk,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        await TableAsync(
            id,
            from,
            to,
            desk,
            context,
            (asked, table) => Results.Ok(ReportAnswer.Of(asked, table)),
            cancellation
        );

    private static async Task<IResult> ExportAsync(
        string id,
        string? from,
        string? to,
        string? format,
        ReportDesk desk,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        format is not (null or "csv" or "xlsx")
            ? new RefusedResult([Refusal.Invalid("reports.refusal.format", null)])
            : await TableAsync(
                id,
                from,
                to,
                desk,
                context,
                (asked, table) =>
                {
                    var sheet = SheetMaker.Of(table, texts);
                    return format == "xlsx"
                        ? Results.File(
                            sheet.ToXlsx(),
                            Sheet.XlsxType,
                            SheetMaker.NameOf(asked.Document, asked.Span, "xlsx")
                        )
                        : Results.File(
                            sheet.ToCsv(),
                            Sheet.CsvType,
                            SheetMaker.NameOf(asked.Document, asked.Span, "csv")
                        );
                },
                cancellation
            );

    private static async Task<IResult> TicketsAsync(
        string id,
        string? from,
        string? to,
        string? line,
        string? group,
        int? page,
        ReportDesk desk,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (desk.Ask(viewer, id, from, to, null, out var asked) is { } refused)
        {
            return new RefusedResult([refused]);
        }

        if (line is not null && asked!.Series.Lines.All(one => one.Id != line))
        {
            return new RefusedResult([
                Refusal.Invalid(
                    "reports.refusal.no-line",
                    "line",
                    line,
                    string.Join(", ", asked.Series.Lines.Select(one => one.Id))
                ),
            ]);
        }

        try
        {
            var (items, count) = await desk.CountedAsync(
                viewer,
                asked!,
                line,
                Addresses.GroupOf(group),
                Math.Clamp(page ?? 0, 0, 100_000),
                ReportDesk.PageSize,
                cancellation
            );
            return Results.Ok(new CountedAnswer(count, [.. items.Select(CountedLine.Of)]));
        }
        catch (QueryException exception)
        {
            return Wrong(exception);
        }
    }

    private static async Task<IResult> DashboardsAsync(
        DashboardDesk dashboards,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var seen = await dashboards.OfAsync(context.CurrentViewer()!, cancellation);
        return Results.Ok(
            new DashboardListAnswer([
                .. seen.Select(one => new DashboardLine(
                    one.Id,
                    one.Name.ToString(),
                    [.. one.Gadgets.Select(gadget => gadget.Report)]
                )),
            ])
        );
    }

    private static async Task<IResult> ProgressAsync(FigureUpkeep upkeep, CancellationToken cancellation) =>
        Results.Ok(ProgressAnswer.Of(await upkeep.ProgressAsync(null, cancellation)));

    private static async Task<IResult> RebuildAsync(FigureUpkeep upkeep, CancellationToken cancellation)
    {
        await upkeep.RebuildAsync(cancellation);
        return Results.Accepted(
            "/api/v1/plugins/reports/rebuild",
            ProgressAnswer.Of(await upkeep.ProgressAsync(null, cancellation))
        );
    }

    private static async Task<IResult> TableAsync(
        string id,
        string? from,
        string? to,
        ReportDesk desk,
        HttpContext context,
        Func<AskedReport, ReportTable, IResult> answer,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (desk.Ask(viewer, id, from, to, null, out var asked) is { } refused)
        {
            return new RefusedResult([refused]);
        }

        try
        {
            return answer(asked!, await desk.TableAsync(viewer, asked!, cancellation));
        }
        catch (QueryException exception)
        {
            return Wrong(exception);
        }
    }

    private static RefusedResult Wrong(QueryException exception) =>
        new([Refusal.Invalid(exception.Error.Code, null, [.. exception.Error.Arguments])]);
}

/// <summary>The reports that there are.</summary>
public sealed record ReportListAnswer(IReadOnlyList<ReportLine> Items);

/// <summary>A report.</summary>
public sealed record ReportLine(string Id, string Name, string? Description, string Series)
{
    internal static ReportLine Of(Sdk.Configuration.ReportDocument report) =>
        new(report.Id, report.Name.ToString(), report.Description?.ToString(), report.Series);
}

/// <summary>A report's figures. Values are counts, seconds, percent or a plugin's values, as <see cref="Unit"/> says; null where there is none.</summary>
public sealed record ReportAnswer(
    string Id,
    string Name,
    string Series,
    string Unit,
    string From,
    string To,
    string Zone,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ReportRowAnswer> Rows,
    ReportRowAnswer Whole,
    long? Median,
    long? NinetyPercent
)
{
    internal static ReportAnswer Of(AskedReport asked, ReportTable table) =>
        new(
            asked.Document.Id,
            asked.Document.Name.ToString(),
            asked.Series.Id,
            asked.Series.Measure switch
            {
                FigureMeasure.Seconds => "seconds",
                FigureMeasure.Percent => "percent",
                FigureMeasure.Sum or FigureMeasure.Average => "number",
                _ => "count",
            },
            LocalDatePattern.Iso.Format(asked.Span.First),
            LocalDatePattern.Iso.Format(asked.Span.Last),
            asked.Span.Zone.Id,
            [.. table.Columns],
            [.. table.Rows.Select(ReportRowAnswer.Of)],
            ReportRowAnswer.Of(table.Whole),
            table.Figures.Median,
            table.Figures.NinetyPercent
        );
}

/// <summary>A row of a report, with what each figure counts.</summary>
public sealed record ReportRowAnswer(
    string Title,
    string From,
    string To,
    IReadOnlyList<double?> Values,
    IReadOnlyList<long> Counts
)
{
    internal static ReportRowAnswer Of(TableRow row) =>
        new(
            row.Title,
            LocalDatePattern.Iso.Format(row.Cells[0].Bucket.First),
            LocalDatePattern.Iso.Format(row.Cells[0].Bucket.Last),
            [.. row.Cells.Select(cell => cell.Value)],
            [.. row.Cells.Select(cell => cell.Count)]
        );
}

/// <summary>What a figure counts.</summary>
public sealed record CountedAnswer(int Count, IReadOnlyList<CountedLine> Items);

/// <summary>One thing that a figure counts.</summary>
public sealed record CountedLine(string Key, string Summary, string At, long Value, bool Kept)
{
    internal static CountedLine Of(CountedTicket item) =>
        new(
            item.Ticket.Key.ToString(),
            item.Ticket.Summary,
            InstantPattern.ExtendedIso.Format(item.Counted.At),
            item.Counted.Value,
            item.Counted.Kept
        );
}

/// <summary>The dashboards that the viewer sees.</summary>
public sealed record DashboardListAnswer(IReadOnlyList<DashboardLine> Items);

/// <summary>A dashboard.</summary>
public sealed record DashboardLine(string Id, string Name, IReadOnlyList<string> Reports);

/// <summary>How far a rebuild of the figures is.</summary>
public sealed record ProgressAnswer(bool Rebuilding, int? Percent, long Position)
{
    internal static ProgressAnswer Of(FigureProgress progress) =>
        new(progress.Percent is not null, progress.Percent, progress.Position);
}
