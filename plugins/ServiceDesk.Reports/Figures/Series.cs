using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>What a figure says.</summary>
public enum FigureMeasure
{
    /// <summary>How many.</summary>
    Count = 1,

    /// <summary>An average of durations, in seconds.</summary>
    Seconds = 2,

    /// <summary>The share of promises that were kept, in percent.</summary>
    Percent = 3,

    /// <summary>How many are open at the end.</summary>
    Open = 4,

    /// <summary>A sum of a plugin's values.</summary>
    Sum = 5,

    /// <summary>An average of a plugin's values.</summary>
    Average = 6,
}

/// <summary>One line of a series.</summary>
/// <param name="Id">Names the line in addresses.</param>
/// <param name="NameKey">The text key of its name.</param>
/// <param name="Kind">The kind of the facts that it counts.</param>
/// <param name="Kept">Whether only kept, or only broken promises count; null for all.</param>
public sealed record SeriesLine(string Id, string NameKey, string Kind, bool? Kept = null);

/// <summary>Something that reports can count.</summary>
/// <param name="Id">The id in report documents.</param>
/// <param name="NameKey">The text key of its name.</param>
/// <param name="Measure">What its figures say.</param>
/// <param name="Lines">Its lines, at least one.</param>
public sealed record Series(string Id, string NameKey, FigureMeasure Measure, ValueList<SeriesLine> Lines)
{
    /// <summary>Whether it counts durations, which calendars make shorter.</summary>
    public bool HasDurations => Measure == FigureMeasure.Seconds;

    /// <summary>Whether it counts promises.</summary>
    public bool HasPromises => Lines[0].Kind == FactKinds.Promise;

    /// <summary>Whether figures of parts add up to that of the whole.</summary>
    public bool AddsUp => Measure is FigureMeasure.Count or FigureMeasure.Sum;
}

/// <summary>The series that there are: the plugin's own and those of others.</summary>
public sealed class SeriesCatalog(IReportSeries others)
{
    private static readonly ValueList<Series> Own =
    [
        Counting(
            "created-resolved",
            new("created", "reports.line.created", FactKinds.Opened),
            new("resolved", "reports.line.resolved", FactKinds.Resolved)
        ),
        Counting("created", new SeriesLine("created", "reports.line.created", FactKinds.Opened)),
        Counting("resolved", new SeriesLine("resolved", "reports.line.resolved", FactKinds.Resolved)),
        Counting("reopened", new SeriesLine("reopened", "reports.line.reopened", FactKinds.Reopened)),
        new(
            "time-to-resolution",
            "reports.series.time-to-resolution",
            FigureMeasure.Seconds,
            [new("duration", "reports.line.average", FactKinds.Resolved)]
        ),
        new(
            "time-to-first-response",
            "reports.series.time-to-first-response",
            FigureMeasure.Seconds,
            [new("duration", "reports.line.average", FactKinds.Responded)]
        ),
        Counting(
            "sla",
            new("met", "reports.line.met", FactKinds.Promise, true),
            new("breached", "reports.line.breached", FactKinds.Promise, false)
        ),
        new(
            "sla-rate",
            "reports.series.sla-rate",
            FigureMeasure.Percent,
            [new("rate", "reports.line.rate", FactKinds.Promise)]
        ),
        new("backlog", "reports.series.backlog", FigureMeasure.Open, [new("open", "reports.line.open", string.Empty)]),
    ];

    /// <summary>All of them.</summary>
    public ValueList<Series> All => [.. Own, .. others.All.Select(Of)];

    /// <summary>The series with this id; null when its plugin is switched off or there never was one.</summary>
    public Series? Find(string id) => All.FirstOrDefault(series => series.Id == id);

    private static Series Counting(string id, params ReadOnlySpan<SeriesLine> lines) =>
        new(id, $"reports.series.{id}", FigureMeasure.Count, ValueList.Create(lines));

    private static Series Of(ReportSeriesDefinition other) =>
        new(
            other.Id,
            other.NameKey,
            other.Measure switch
            {
                ReportMeasure.Sum => FigureMeasure.Sum,
                ReportMeasure.Average => FigureMeasure.Average,
                _ => FigureMeasure.Count,
            },
            [new SeriesLine("value", other.NameKey, FactKinds.OfSeries(other.Id))]
        );
}
