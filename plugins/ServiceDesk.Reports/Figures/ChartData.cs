using System.Text.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>What the chart of a report draws; the host's script <c>charts.js</c> reads it.</summary>
/// <param name="Kind"><c>bar</c> or <c>line</c>.</param>
/// <param name="Unit"><c>count</c>, <c>seconds</c>, <c>percent</c> or <c>number</c>.</param>
/// <param name="Stacked">Whether bars stand on each other.</param>
/// <param name="Lying">Whether bars lie.</param>
/// <param name="Labels">What the values are of.</param>
/// <param name="Series">The lines.</param>
public sealed record ChartData(
    string Kind,
    string Unit,
    bool Stacked,
    bool Lying,
    ValueList<string> Labels,
    ValueList<ChartSeries> Series
)
{
    /// <summary>Most lines: more cannot be told apart, and the table has them all.</summary>
    public const int MostLines = 7;

    private const int MostBars = 15;

    /// <summary>The chart of a table.</summary>
    public static ChartData Of(ReportDocument report, ReportTable table)
    {
        var measure = table.Figures.Series.Measure;
        var isByGroup = report.Step == ReportStep.Whole && report.GroupBy is not null;
        var rows = isByGroup ? table.Rows.Take(MostBars).ToValueList() : table.Rows;
        var isCounted = measure is FigureMeasure.Count or FigureMeasure.Sum;
        var isComparing = table.Figures.Series.Id == "created-resolved";
        return new ChartData(
            isByGroup || report.Step == ReportStep.Whole || (isCounted && !isComparing) ? "bar" : "line",
            measure switch
            {
                FigureMeasure.Seconds => "seconds",
                FigureMeasure.Percent => "percent",
                FigureMeasure.Sum or FigureMeasure.Average => "number",
                _ => "count",
            },
            isCounted && !isComparing,
            isByGroup,
            rows.Select(row => row.Title).ToValueList(),
            table
                .Columns.Take(MostLines)
                .Index()
                .Select(column => new ChartSeries(
                    column.Item,
                    rows.Select(row =>
                            row.Cells[column.Index].Value is { } value ? Math.Round(value, 2) : (double?)null
                        )
                        .ToValueList()
                ))
                .ToValueList()
        );
    }

    /// <summary>As the script reads it.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                Kind,
                Unit,
                Stacked,
                Lying,
                Labels = Labels.ToArray(),
                Series = Series.Select(one => new { one.Name, Values = one.Values.ToArray() }).ToArray(),
            },
            JsonSerializerOptions.Web
        );
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One for each label; null for a gap.</param>
public sealed record ChartSeries(string Name, ValueList<double?> Values);
