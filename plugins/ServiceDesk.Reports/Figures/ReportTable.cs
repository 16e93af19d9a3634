using System.Globalization;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>A figure with what opens its tickets.</summary>
/// <param name="Value">As a number: a count, seconds, percent or a plugin's value; null where there is none.</param>
/// <param name="Text">As people read it.</param>
/// <param name="Count">How many things it counts.</param>
/// <param name="Line">The id of its line.</param>
/// <param name="Group">The word of its group; null for all of them.</param>
/// <param name="Bucket">Its stretch of time.</param>
public sealed record TableCell(double? Value, string Text, long Count, string Line, string? Group, Bucket Bucket);

/// <summary>A row.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Cells">One for each column.</param>
public sealed record TableRow(string Title, ValueList<TableCell> Cells);

/// <summary>A report as a table, from which its chart and its exports are made too.</summary>
/// <param name="Corner">What the rows are.</param>
/// <param name="Columns">The titles of the columns.</param>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Total">The whole period; null where the only row is that.</param>
/// <param name="Figures">What it was made of.</param>
/// <param name="IsOverTime">Whether each row but the whole is a stretch of time.</param>
public sealed record ReportTable(
    string Corner,
    ValueList<string> Columns,
    ValueList<TableRow> Rows,
    TableRow? Total,
    ReportFigures Figures,
    bool IsOverTime
)
{
    /// <summary>The figures of the whole period.</summary>
    public TableRow Whole => Total ?? Rows[0];
}

/// <summary>Makes tables of figures.</summary>
public sealed class TableMaker(ITexts texts, IWorkingTime time)
{
    /// <summary>The table of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="names">The names of its groups.</param>
    /// <param name="told">By what they are told apart, in words; empty for not.</param>
    public ReportTable Of(
        ReportDocument report,
        ReportFigures figures,
        IReadOnlyDictionary<string, string> names,
        string told
    )
    {
        var measure = figures.Series.Measure;
        var whole = new Bucket(figures.Span.First, figures.Span.Last, figures.Span.From, figures.Span.To);
        var isByGroup = report.Step == ReportStep.Whole && report.GroupBy is not null;
        var columns = Columns(isByGroup || report.GroupBy is null ? null : figures.Groups).ToList();
        var rows = isByGroup
            ? figures.Groups.Select(group =>
                Row(names[group], whole, columns.Select(column => (column.Line, (string?)group)))
            )
            : figures
                .Buckets.Index()
                .Select(bucket => Row(Title(bucket.Item, report.Step), bucket.Item, columns, bucket.Index));
        var total =
            figures.Buckets.Count > 1 || isByGroup
                ? Row(texts[measure == FigureMeasure.Open ? "reports.at-end" : "reports.whole-period"], whole, columns)
                : null;
        return new ReportTable(
            isByGroup ? told : texts["reports.period"],
            columns
                .Select(column => Heading(column.Line, column.Group is null ? null : names[column.Group]))
                .ToValueList(),
            rows.ToValueList(),
            total,
            figures,
            !isByGroup
        );

        IEnumerable<(int Line, string? Group)> Columns(ValueList<string>? groups) =>
            Enumerable
                .Range(0, figures.Series.Lines.Count)
                .SelectMany(line => groups is null ? [(line, null)] : groups.Select(group => (line, (string?)group)));

        TableRow Row(string title, Bucket bucket, IEnumerable<(int Line, string? Group)> cells, int? index = null) =>
            new(
                title,
                cells
                    .Select(cell => Cell(cell.Line, cell.Group, bucket, Tallied(cell.Line, cell.Group, index)))
                    .ToValueList()
            );

        Tally Tallied(int line, string? group, int? index) =>
            (group, index) switch
            {
                (null, null) => figures.Whole(line),
                (null, { } at) => figures.Groups.Aggregate(
                    default(Tally),
                    (sum, one) => sum + figures.At(line, one, at)
                ),
                (_, null) => figures.Whole(line, group),
                (_, { } at) => figures.At(line, group, at),
            };

        TableCell Cell(int line, string? group, Bucket bucket, Tally tally) =>
            new(
                tally.Value(measure),
                Write(tally.Value(measure), measure, report.Calendar),
                tally.Count,
                figures.Series.Lines[line].Id,
                group,
                bucket
            );

        string Heading(int line, string? group)
        {
            var name = texts[figures.Series.Lines[line].NameKey];
            return group is null ? name
                : figures.Series.Lines.Count == 1 ? group
                : $"{group} · {name}";
        }
    }

    /// <summary>A figure as people read it.</summary>
    public string Write(double? value, FigureMeasure measure, string? calendar) =>
        value is not { } known
            ? "–"
            : measure switch
            {
                FigureMeasure.Seconds => time.Write(NodaTime.Duration.FromSeconds(known), calendar),
                FigureMeasure.Percent => $"{Math.Round(known, 1).ToString("0.#", CultureInfo.CurrentCulture)}%",
                FigureMeasure.Sum or FigureMeasure.Average => known.ToString("#,0.##", CultureInfo.CurrentCulture),
                _ => known.ToString("#,0", CultureInfo.CurrentCulture),
            };

    /// <summary>A stretch of time as people read it.</summary>
    public string Title(Bucket bucket, ReportStep step) =>
        step switch
        {
            ReportStep.Day => Said(bucket.First, "d"),
            ReportStep.Month when bucket.First.Month == bucket.Last.Month => Said(bucket.First, "Y"),
            _ => $"{Said(bucket.First, "d")} – {Said(bucket.Last, "d")}",
        };

    private static string Said(NodaTime.LocalDate day, string format) =>
        day.ToDateTimeUnspecified().ToString(format == "d" ? "d" : format, CultureInfo.CurrentCulture);
}
