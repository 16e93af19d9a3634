using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Exports;

/// <summary>Makes sheets of tables and of lists of tickets.</summary>
public static class SheetMaker
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm"
    );

    /// <summary>The table of a report. Durations are hours, days are ISO 8601 (a stretch of several: <c>first/last</c>).</summary>
    public static Sheet Of(ReportTable table, ITexts texts)
    {
        var isHours = table.Figures.Series.Measure == FigureMeasure.Seconds;
        var rows = table.Total is null ? table.Rows : [.. table.Rows, table.Total];
        return new Sheet(
            [table.Corner, .. table.Columns.Select(title => isHours ? texts.Format("reports.in-hours", title) : title)],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [
                            table.IsOverTime && row != table.Total ? Iso(row.Cells[0].Bucket) : row.Title,
                            .. row.Cells.Select(cell =>
                                cell.Value is { } value ? (object)(isHours ? value / 3600 : value) : null
                            ),
                        ]
                ),
            ]
        );
    }

    private static string Iso(Bucket bucket) =>
        bucket.First == bucket.Last
            ? LocalDatePattern.Iso.Format(bucket.First)
            : $"{LocalDatePattern.Iso.Format(bucket.First)}/{LocalDatePattern.Iso.Format(bucket.Last)}";

    /// <summary>What a figure counts.</summary>
    /// <param name="items">The things with their tickets.</param>
    /// <param name="asked">The report.</param>
    /// <param name="texts">Sentences.</param>
    /// <param name="people">The people by identity.</param>
    public static Sheet Of(
        ValueList<CountedTicket> items,
        AskedReport asked,
        ITexts texts,
        IReadOnlyDictionary<Sdk.Tickets.PersonId, Person> people
    )
    {
        var isHours = asked.Series.Measure == FigureMeasure.Seconds;
        string?[] headings =
        [
            texts["reports.column.key"],
            texts["reports.column.summary"],
            texts["reports.column.status"],
            texts["reports.group.priority"],
            texts["reports.group.assignee"],
            texts["reports.column.at"],
            isHours ? texts["reports.column.hours"] : null,
        ];
        return new Sheet(headings.OfType<string>().ToValueList(), [.. items.Select(Row)]);

        IReadOnlyList<object?> Row(CountedTicket item)
        {
            List<object?> row =
            [
                item.Ticket.Key.ToString(),
                item.Ticket.Summary,
                item.Ticket.Status,
                texts[$"common.priority-{item.Ticket.Priority.ToString().ToLowerInvariant()}"],
                item.Ticket.Assignee is { } agent && people.TryGetValue(agent, out var person) ? person.Name : null,
                Wall.Format(item.Counted.At.InZone(asked.Span.Zone).LocalDateTime),
            ];
            if (isHours)
            {
                row.Add(item.Counted.Value / 3600.0);
            }

            return row;
        }
    }

    /// <summary>The name of an exported file.</summary>
    public static string NameOf(ReportDocument report, ReportSpan span, string ending) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Id}_{LocalDatePattern.Iso.Format(span.First)}_{LocalDatePattern.Iso.Format(span.Last)}.{ending}"
        );
}
