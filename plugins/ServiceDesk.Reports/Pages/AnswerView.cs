using NodaTime;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Reports.Pages;

/// <summary>A report as it is shown, on its page or a dashboard.</summary>
public sealed class AnswerView
{
    private AnswerView(ReportDocument document)
    {
        Document = document;
    }

    /// <summary>The report.</summary>
    public ReportDocument Document { get; }

    /// <summary>Its figures; null when there is an error.</summary>
    public ReportTable? Table { get; private init; }

    /// <summary>Why there are none.</summary>
    public string? Error { get; private init; }

    /// <summary>What is shown; null for everything.</summary>
    public GadgetShow? Show { get; private init; }

    /// <summary>What the chart draws.</summary>
    public string Chart { get; private init; } = "";

    /// <summary>The median of durations as people read it.</summary>
    public string? Median { get; private init; }

    /// <summary>What nine in ten took at most.</summary>
    public string? NinetyPercent { get; private init; }

    /// <summary>The figures of the whole period by line.</summary>
    public IReadOnlyList<(string Heading, TableCell Cell)> Headline { get; private init; } = [];

    /// <summary>Reads a report for the viewer. A query that is wrong by now is told, not thrown.</summary>
    public static async Task<AnswerView> OfAsync(
        Viewer viewer,
        AskedReport asked,
        GadgetShow? show,
        ReportDesk desk,
        TableMaker maker,
        ITexts texts,
        IWorkingTime time,
        CancellationToken cancellation
    )
    {
        try
        {
            var table = await desk.TableAsync(viewer, asked, cancellation);
            return new AnswerView(asked.Document)
            {
                Table = table,
                Show = show,
                Chart = ChartData.Of(asked.Document, table).ToJson(),
                Median = Said(table.Figures.Median),
                NinetyPercent = Said(table.Figures.NinetyPercent),
                Headline = [.. HeadlineOf(table, asked, maker, texts)],
            };
        }
        catch (QueryException exception)
        {
            return Failed(asked.Document, texts.Format(exception.Error.Code, [.. exception.Error.Arguments]));
        }

        string? Said(long? seconds) =>
            seconds is { } known ? time.Write(Duration.FromSeconds(known), asked.Document.Calendar) : null;
    }

    /// <summary>A report that cannot be shown.</summary>
    public static AnswerView Failed(ReportDocument document, string error) => new(document) { Error = error };

    private static IEnumerable<(string Heading, TableCell Cell)> HeadlineOf(
        ReportTable table,
        AskedReport asked,
        TableMaker maker,
        ITexts texts
    )
    {
        var measure = asked.Series.Measure;
        var whole = new Bucket(asked.Span.First, asked.Span.Last, asked.Span.From, asked.Span.To);
        if (asked.Document.Script is not null)
        {
            foreach (var (column, cell) in table.Columns.Zip(table.Whole.Cells))
            {
                yield return (column, cell);
            }

            yield break;
        }

        foreach (var (index, line) in asked.Series.Lines.Index())
        {
            var tally = table.Figures.Whole(index);
            var value = tally.Value(measure);
            var text = maker.Write(value, measure, asked.Document.Calendar);
            yield return (texts[line.NameKey], new TableCell(value, text, tally.Count, line.Id, null, whole));
        }
    }
}
