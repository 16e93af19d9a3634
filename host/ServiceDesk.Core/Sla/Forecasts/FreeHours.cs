using NodaTime;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>What is left of somebody's working hours while work is laid into them.</summary>
internal sealed class FreeHours(HoursLine hours)
{
    private readonly List<Interval> free = [.. hours.Spans];

    /// <summary>The first free span that ends after an instant, from that instant on, within the windows; null when there is none.</summary>
    public Interval? Next(Instant at, IReadOnlyList<Interval>? windows)
    {
        if (windows is null)
        {
            return Next(at);
        }

        foreach (var window in windows)
        {
            if (window.End > at && Next(Instant.Max(at, window.Start)) is { } span && span.Start < window.End)
            {
                return new Interval(span.Start, Instant.Min(span.End, window.End));
            }
        }

        return null;
    }

    /// <summary>Takes a span that is free.</summary>
    public void Take(Interval taken)
    {
        var index = Index(taken.Start);
        var span = free[index];
        free.RemoveAt(index);
        if (taken.End < span.End)
        {
            free.Insert(index, new Interval(taken.End, span.End));
        }

        if (span.Start < taken.Start)
        {
            free.Insert(index, new Interval(span.Start, taken.Start));
        }
    }

    /// <summary>Free hours between instants.</summary>
    public Duration Between(Instant from, Instant to)
    {
        var sum = Duration.Zero;
        for (var i = Index(from); i < free.Count && free[i].Start < to; i++)
        {
            sum += Instant.Min(to, free[i].End) - Instant.Max(from, free[i].Start);
        }

        return sum;
    }

    private Interval? Next(Instant at)
    {
        var index = Index(at);
        return index < free.Count ? new Interval(Instant.Max(at, free[index].Start), free[index].End) : null;
    }

    // The first span that ends after the instant.
    private int Index(Instant at)
    {
        var (low, high) = (0, free.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = free[middle].End > at ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
