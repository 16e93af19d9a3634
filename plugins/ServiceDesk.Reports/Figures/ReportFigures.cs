using System.Runtime.InteropServices;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>What was counted for one figure.</summary>
/// <param name="Count">How many facts.</param>
/// <param name="Sum">The sum of their values.</param>
/// <param name="Kept">How many are kept promises.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tally(long Count, long Sum, long Kept)
{
    /// <summary>Both together.</summary>
    public static Tally operator +(Tally one, Tally other) =>
        new(one.Count + other.Count, one.Sum + other.Sum, one.Kept + other.Kept);

    /// <summary>The figure; null where nothing was counted that an average could be of.</summary>
    public double? Value(FigureMeasure measure) =>
        measure switch
        {
            FigureMeasure.Seconds => Count == 0 ? null : (double)Sum / Count,
            FigureMeasure.Percent => Count == 0 ? null : Kept * 100.0 / Count,
            FigureMeasure.Average => Count == 0 ? null : Sum / 1000.0 / Count,
            FigureMeasure.Sum => Sum / 1000.0,
            _ => Count,
        };
}

/// <summary>Where a figure stands.</summary>
/// <param name="Line">The index of the line.</param>
/// <param name="Group">The word of the group; empty for none.</param>
/// <param name="Bucket">The index of the stretch of time.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Place(int Line, string Group, int Bucket);

/// <summary>The figures of a report.</summary>
/// <param name="Series">What was counted.</param>
/// <param name="Span">When.</param>
/// <param name="Buckets">The stretches of time, in order.</param>
/// <param name="Groups">The words of the groups, those with the most first; one empty word where nothing is told apart.</param>
/// <param name="Tallies">What was counted; what is missing is nothing.</param>
public sealed record ReportFigures(
    Series Series,
    ReportSpan Span,
    IReadOnlyList<Bucket> Buckets,
    ValueList<string> Groups,
    IReadOnlyDictionary<Place, Tally> Tallies
)
{
    /// <summary>The duration that half of them took at most, to the minute; null where there are none.</summary>
    public long? Median { get; init; }

    /// <summary>The duration that nine in ten took at most, to the minute; null where there are none.</summary>
    public long? NinetyPercent { get; init; }

    /// <summary>What was counted at a place.</summary>
    public Tally At(int line, string group, int bucket) => Tallies.GetValueOrDefault(new Place(line, group, bucket));

    /// <summary>What was counted of a line and group in the whole period; of what is open, at its end.</summary>
    public Tally Whole(int line, string group) =>
        Series.Measure == FigureMeasure.Open
            ? At(line, group, Buckets.Count - 1)
            : Buckets.Index().Aggregate(default(Tally), (sum, bucket) => sum + At(line, group, bucket.Index));

    /// <summary>What was counted of a line in the whole period.</summary>
    public Tally Whole(int line) => Groups.Aggregate(default(Tally), (sum, group) => sum + Whole(line, group));
}
