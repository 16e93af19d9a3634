using System.Globalization;
using System.Text.Json;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>
/// Lets the script of a report work its figures out anew, such as a share or a moving average. It is given what was counted for
/// its reader and reads with the reader's rights; each figure still opens the tickets that were counted for it.
/// </summary>
public sealed class ScriptedFigures(IScripts scripts, TableMaker maker)
{
    /// <summary>What the runs of scripts are noted as.</summary>
    public const string Use = "report-series";

    /// <summary>The table with the figures of the report's script; as it is where the report has none.</summary>
    /// <exception cref="QueryException">The script is missing, failed, is busy, or answered something else than figures.</exception>
    public async Task<ReportTable> ApplyAsync(
        Viewer viewer,
        ReportDocument report,
        ReportTable table,
        CancellationToken cancellation
    )
    {
        if (report.Script is not { } script)
        {
            return table;
        }

        var request = new ScriptRequest(script, Use) { Argument = Argument(report, table), Viewer = viewer };
        var answer = await scripts.RunAsync(request, cancellation);
        return answer.Status switch
        {
            ScriptAnswerStatus.Done => Filled(report, table, answer.Value) ?? throw Wrong("shape", script),
            ScriptAnswerStatus.Missing => throw Wrong("missing", script),
            ScriptAnswerStatus.Busy => throw Wrong("busy", script),
            _ => throw Wrong("failed", script),
        };
    }

    private static JsonElement Argument(ReportDocument report, ReportTable table) =>
        JsonSerializer.SerializeToElement(
            new
            {
                report = report.Id,
                series = table.Figures.Series.Id,
                measure = table.Figures.Series.Measure.ToString().ToLowerInvariant(),
                columns = table.Columns,
                rows = table.Rows.Select(Row),
                total = table.Total is { } total ? Row(total) : null,
            },
            JsonSerializerOptions.Web
        );

    private static object Row(TableRow row) =>
        new
        {
            title = row.Title,
            from = row.Cells.FirstOrDefault()?.Bucket.From.ToString(null, CultureInfo.InvariantCulture),
            to = row.Cells.FirstOrDefault()?.Bucket.To.ToString(null, CultureInfo.InvariantCulture),
            cells = row.Cells.Select(cell => new
            {
                line = cell.Line,
                group = cell.Group,
                value = cell.Value,
                count = cell.Count,
            }),
        };

    // { rows: [[1, null, …], …], total: [2, …] }, as many as there were; what is left out stays as it was counted.
    private ReportTable? Filled(ReportDocument report, ReportTable table, JsonElement? answer)
    {
        if (
            answer is not { ValueKind: JsonValueKind.Object } said
            || !said.TryGetProperty("rows", out var rows)
            || rows.ValueKind != JsonValueKind.Array
            || rows.GetArrayLength() != table.Rows.Count
        )
        {
            return null;
        }

        var measure = table.Figures.Series.Measure;
        var filled = table
            .Rows.Zip(rows.EnumerateArray(), (row, values) => Filled(report, measure, row, values))
            .ToList();
        var total =
            table.Total is { } whole && said.TryGetProperty("total", out var values)
                ? Filled(report, measure, whole, values)
                : table.Total;
        return filled.Contains(null) || (table.Total is not null && total is null)
            ? null
            : table with
            {
                Rows = filled.OfType<TableRow>().ToValueList(),
                Total = total,
            };
    }

    private TableRow? Filled(ReportDocument report, FigureMeasure measure, TableRow row, JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() != row.Cells.Count)
        {
            return null;
        }

        var cells = new List<TableCell>();
        foreach (var (cell, value) in row.Cells.Zip(values.EnumerateArray()))
        {
            if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null))
            {
                return null;
            }

            double? figure = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
            cells.Add(cell with { Value = figure, Text = Write(figure, measure, report.Calendar) });
        }

        return row with
        {
            Cells = cells.ToValueList(),
        };
    }

    // What was worked out is seldom whole.
    private string Write(double? value, FigureMeasure measure, string? calendar) =>
        measure is FigureMeasure.Count or FigureMeasure.Open && value is { } known
            ? known.ToString("#,0.##", CultureInfo.CurrentCulture)
            : maker.Write(value, measure, calendar);

    private static QueryException Wrong(string why, string script) =>
        new(new QueryError($"reports.refusal.script-{why}", [script], 0, 0));
}
