using NodaTime;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>Working time in a row, measured quickly between any two instants. Immutable.</summary>
public sealed class HoursLine
{
    private readonly Instant[] starts;
    private readonly Instant[] ends;
    private readonly Duration[] before;

    /// <param name="spans">In order, apart.</param>
    public HoursLine(IReadOnlyList<Interval> spans)
    {
        Spans = spans;
        starts = [.. spans.Select(span => span.Start)];
        ends = [.. spans.Select(span => span.End)];
        before = new Duration[spans.Count + 1];
        for (var i = 0; i < spans.Count; i++)
        {
            before[i + 1] = before[i] + spans[i].Duration;
        }
    }

    /// <summary>No working time.</summary>
    public static HoursLine Empty { get; } = new([]);

    /// <summary>The spans, in order, apart.</summary>
    public IReadOnlyList<Interval> Spans { get; }

    /// <summary>Working time in all.</summary>
    public Duration Total => before[^1];

    /// <summary>The spans of both, joined where they meet.</summary>
    public HoursLine Plus(IEnumerable<Interval> more)
    {
        var joined = new List<Interval>();
        foreach (var span in Spans.Concat(more).OrderBy(span => span.Start))
        {
            if (joined.Count > 0 && joined[^1].End >= span.Start)
            {
                joined[^1] = new Interval(joined[^1].Start, Instant.Max(joined[^1].End, span.End));
            }
            else
            {
                joined.Add(span);
            }
        }

        return new HoursLine(joined);
    }

    /// <summary>Working time from one instant to another; zero when the second is not later.</summary>
    public Duration Between(Instant from, Instant to) => from < to ? Until(to) - Until(from) : Duration.Zero;

    private Duration Until(Instant at)
    {
        var index = Array.BinarySearch(starts, at);
        index = index >= 0 ? index : ~index;
        if (index == 0)
        {
            return Duration.Zero;
        }

        var last = index - 1;
        return before[last] + (Instant.Min(at, ends[last]) - starts[last]);
    }
}
