using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Cuts a stretch in which the wall clock runs evenly into what the calendar says of it.</summary>
internal static class CalendarSegments
{
    /// <summary>The pieces of a stretch, day by day.</summary>
    public static IEnumerable<CalendarSegment> Of(WallTimeline timeline, WallTime from, WallTime to, Offset offset)
    {
        for (var day = from.Day; day <= to.Day; day++)
        {
            var begin = day == from.Day ? from.Nanos : 0;
            var end = day == to.Day ? to.Nanos : WallTime.DayLength;
            foreach (var (span, (kind, name, line)) in OfDay(timeline, day, begin, end))
            {
                yield return new CalendarSegment(
                    new WallTime(day, span.From).ToInstant(offset),
                    new WallTime(day, span.To).ToInstant(offset),
                    kind,
                    name,
                    line
                );
            }
        }
    }

    /// <summary>Joins neighbours that say the same; the line is that of the first.</summary>
    public static IEnumerable<CalendarSegment> Join(IEnumerable<CalendarSegment> pieces)
    {
        CalendarSegment? open = null;
        foreach (var piece in pieces)
        {
            if (open is not null && open.Kind == piece.Kind && Equals(open.HolidayName, piece.HolidayName))
            {
                open = open with { To = piece.To };
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = piece;
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static List<(DaySpan Span, Saying Saying)> OfDay(WallTimeline timeline, int day, long begin, long end)
    {
        var parts = new List<(DaySpan, Saying)>();
        var special = timeline.Days.Find(day);
        var here = begin;
        if (special is null)
        {
            var weekday = WallTime.WeekdayOf(day);
            foreach (var span in timeline.Week.SpansOf(weekday))
            {
                Append(span.From, Saying.Outside);
                Append(span.To, Working(timeline.Week, weekday, here));
            }

            Append(end, Saying.Outside);
            return parts;
        }

        foreach (var cut in Cuts(timeline, day, end))
        {
            Append(cut, At(timeline.Week, special, here));
        }

        return parts;

        void Append(long until, Saying saying)
        {
            var to = Math.Min(until, end);
            if (here < to)
            {
                parts.Add((new DaySpan(here, to), saying));
                here = to;
            }
        }
    }

    /// <summary>Where what the calendar says of a special day may change, up to the end.</summary>
    private static SortedSet<long> Cuts(WallTimeline timeline, int day, long end)
    {
        var cuts = new SortedSet<long> { end };
        Add(timeline.SpansOf(day));
        Add(timeline.Week.SpansOf(WallTime.WeekdayOf(day)));
        return cuts;

        void Add(ReadOnlySpan<DaySpan> spans)
        {
            foreach (var span in spans)
            {
                cuts.Add(span.From);
                cuts.Add(span.To);
            }
        }
    }

    private static Saying At(WorkingWeek week, SpecialDay special, long nanos)
    {
        var weekday = WallTime.WeekdayOf(special.Day);
        if (IsIn(special.Spans, nanos))
        {
            return new Saying(CalendarSegmentKind.Working, null, LineOf(week, weekday, special, nanos));
        }

        return OffBecause(week, weekday, special, nanos) switch
        {
            null => Saying.Outside,
            { IsException: true } cause => new(CalendarSegmentKind.Exception, cause.Name, cause.Line),
            { } cause => new(CalendarSegmentKind.Holiday, cause.Name, cause.Line),
        };
    }

    // A holiday takes the whole day when its weekday has hours; other hours leave what the weekday would have had.
    private static DayCause? OffBecause(WorkingWeek week, int weekday, SpecialDay special, long nanos)
    {
        if (
            special.Cause is { } cause
            && (cause.IsException ? IsIn(week.OwnOf(weekday), nanos) : week.OwnOf(weekday).Length > 0)
        )
        {
            return cause;
        }

        return special.Before is { } before && IsIn(week.OverflowOf(WorkingWeek.Before(weekday)), nanos)
            ? before
            : null;
    }

    private static string? LineOf(WorkingWeek week, int weekday, SpecialDay special, long nanos)
    {
        var own = special.Cause is { } cause
            ? (IsIn(cause.Own, nanos) ? cause.Line : null)
            : week.LineOf(weekday, nanos, isReaching: false);
        return own ?? special.Before?.Line ?? week.LineOf(weekday, nanos, isReaching: true);
    }

    private static Saying Working(WorkingWeek week, int weekday, long nanos) =>
        new(
            CalendarSegmentKind.Working,
            null,
            week.LineOf(weekday, nanos, isReaching: false) ?? week.LineOf(weekday, nanos, isReaching: true)
        );

    private static bool IsIn(ReadOnlySpan<DaySpan> spans, long nanos)
    {
        foreach (var span in spans)
        {
            if (span.Holds(nanos))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Saying(CalendarSegmentKind Kind, LocalizedText? Name, string? Line)
    {
        public static readonly Saying Outside = new(CalendarSegmentKind.OutsideHours, null, null);
    }
}
