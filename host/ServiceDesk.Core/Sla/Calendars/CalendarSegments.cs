using NodaTime;

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
            foreach (var (span, kind) in OfDay(timeline, day, begin, end))
            {
                _ = timeline.Holidays.Contains(day, out var name);
                yield return new CalendarSegment(
                    new WallTime(day, span.From).ToInstant(offset),
                    new WallTime(day, span.To).ToInstant(offset),
                    kind,
                    kind == CalendarSegmentKind.Holiday ? name : null
                );
            }
        }
    }

    /// <summary>Joins neighbours that say the same.</summary>
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

    private static List<(DaySpan Span, CalendarSegmentKind Kind)> OfDay(
        WallTimeline timeline,
        int day,
        long begin,
        long end
    )
    {
        var parts = new List<(DaySpan, CalendarSegmentKind)>();
        var weekday = WallTime.WeekdayOf(day);
        var isHoliday = timeline.Week.TotalOf(weekday) > 0 && timeline.Holidays.Contains(day, out _);
        var rest = isHoliday ? CalendarSegmentKind.Holiday : CalendarSegmentKind.OutsideHours;
        var here = begin;
        foreach (var span in isHoliday ? [] : timeline.Week.SpansOf(weekday))
        {
            Append(here, Math.Min(span.From, end), rest);
            Append(Math.Max(span.From, here), Math.Min(span.To, end), CalendarSegmentKind.Working);
        }

        Append(here, end, rest);
        return parts;

        void Append(long from, long to, CalendarSegmentKind kind)
        {
            if (from < to)
            {
                parts.Add((new DaySpan(from, to), kind));
                here = to;
            }
        }
    }
}
