using System.Runtime.InteropServices;
using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Figures;

/// <summary>
/// How the stretches of a report's time are told apart in the database: days and weeks by a division, months and the whole
/// by asking for each apart. A day has one begin as long as the zone's offset stays, so that parts between its changes are
/// asked apart too.
/// </summary>
public sealed class Steps
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    // The first of January 1970 was a Thursday.
    private const long DaysFromMonday = 3;
    private const int DaysOfWeek = 7;
    private readonly int[] ends;

    /// <summary>The steps of a span.</summary>
    public Steps(ReportSpan span, ReportStep step)
    {
        Span = span;
        Buckets = span.Buckets(step);
        ends = [.. Buckets.Select(bucket => DayOf(bucket.Last))];
        Parts =
        [
            .. step switch
            {
                ReportStep.Day => Even(span.From, span.To, 1, 0, null),
                ReportStep.Week => Even(span.From, span.To, DaysOfWeek, DaysFromMonday, null),
                _ => Buckets.Index().SelectMany(one => Even(one.Item.From, one.Item.To, 1, 0, one.Index)),
            },
        ];
    }

    /// <summary>The whole time.</summary>
    public ReportSpan Span { get; }

    /// <summary>The stretches, in order.</summary>
    public IReadOnlyList<Bucket> Buckets { get; }

    /// <summary>What is asked apart.</summary>
    public IReadOnlyList<StepPart> Parts { get; }

    /// <summary>The index of the stretch to which a row of a part's answer belongs.</summary>
    public int BucketOf(StepPart part, long step)
    {
        if (part.Bucket is { } bucket)
        {
            return bucket;
        }

        // The first week may begin before the span.
        var day = Math.Max((step * part.Days) - part.Shift, DayOf(Span.First));
        var found = Array.BinarySearch(ends, (int)day);
        return Math.Min(found >= 0 ? found : ~found, ends.Length - 1);
    }

    private IEnumerable<StepPart> Even(Instant begin, Instant end, int days, long shift, int? bucket) =>
        bucket is not null
            ? [new StepPart(begin.ToUnixTimeTicks(), end.ToUnixTimeTicks(), 0, days, shift, bucket)]
            : Span
                .Zone.GetZoneIntervals(begin, end)
                .Select(interval =>
                {
                    var from = interval.HasStart ? Instant.Max(interval.Start, begin) : begin;
                    var to = interval.HasEnd ? Instant.Min(interval.End, end) : end;
                    var offset = interval.WallOffset.Ticks;
                    return new StepPart(from.ToUnixTimeTicks(), to.ToUnixTimeTicks(), offset, days, shift, bucket);
                });

    private static int DayOf(LocalDate day) => Period.DaysBetween(Epoch, day);
}

/// <summary>A part of the time that is asked by one statement.</summary>
/// <param name="From">The first instant, in Unix ticks.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="Offset">The zone's offset in ticks while it lasts.</param>
/// <param name="Days">How many days a stretch has.</param>
/// <param name="Shift">By how many days its count is moved, so that stretches begin where they should.</param>
/// <param name="Bucket">The stretch that it lies in; null when there are several.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StepPart(long From, long To, long Offset, int Days, long Shift, int? Bucket)
{
    /// <summary>Counts figures for each stretch and group.</summary>
    public IQueryable<StepRow> Group(IQueryable<Figure> figures)
    {
        if (Bucket is not null)
        {
            return figures
                .GroupBy(figure => figure.Group)
                .Select(group => new StepRow
                {
                    Group = group.Key,
                    Count = group.Count(),
                    Sum = group.Sum(figure => figure.Value),
                    Kept = group.Sum(figure => figure.Kept ? 1 : 0),
                });
        }

        var moved = Offset + (Shift * NodaConstants.TicksPerDay);
        var width = Days * NodaConstants.TicksPerDay;
        return figures
            .GroupBy(figure => new { Step = (figure.At + moved) / width, figure.Group })
            .Select(group => new StepRow
            {
                Step = group.Key.Step,
                Group = group.Key.Group,
                Count = group.Count(),
                Sum = group.Sum(figure => figure.Value),
                Kept = group.Sum(figure => figure.Kept ? 1 : 0),
            });
    }
}

/// <summary>A row of the answer: what was counted in a stretch.</summary>
public sealed class StepRow
{
    /// <summary>The number of the stretch, see <see cref="Steps.BucketOf"/>.</summary>
    public long Step { get; set; }

    /// <summary>The word of the group.</summary>
    public string Group { get; set; } = "";

    /// <summary>How many.</summary>
    public long Count { get; set; }

    /// <summary>The sum of their values.</summary>
    public long Sum { get; set; }

    /// <summary>How many are kept promises.</summary>
    public long Kept { get; set; }
}
