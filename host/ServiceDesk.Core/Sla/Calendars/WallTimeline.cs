using NodaTime;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Working time on the wall clock, as if it never jumped: hours of the week less holidays, and of exceptions. <see cref="WorkingCalendar"/> adds the zone.</summary>
internal sealed class WallTimeline(WorkingWeek week, DayTable days)
{
    private const long DayLength = WallTime.DayLength;

    public WorkingWeek Week { get; } = week;

    public DayTable Days { get; } = days;

    public Duration Between(WallTime from, WallTime to)
    {
        if (from.Day == to.Day)
        {
            return Duration.FromNanoseconds(On(from.Day, from.Nanos, to.Nanos));
        }

        return Duration.FromNanoseconds(On(from.Day, from.Nanos, DayLength) + On(to.Day, 0, to.Nanos))
            + WholeDays(from.Day + 1, to.Day);
    }

    /// <summary>The earliest time until <paramref name="end"/> by which <paramref name="left"/> nanoseconds (1 or more) were worked; null leaves in it what is missing.</summary>
    public WallTime? Reach(WallTime from, WallTime end, ref long left)
    {
        var (day, nanos, last) = (from.Day, from.Nanos, end.Day);
        while (day <= end.Day)
        {
            var weeks = nanos == 0 ? WeeksBefore(day, ref last, left) : 0;
            if (weeks > 0)
            {
                left -= WholeDays(day, day + (7 * weeks)).ToInt64Nanoseconds();
                day += 7 * weeks;
                continue;
            }

            var worked = On(day, nanos, day == end.Day ? end.Nanos : DayLength);
            if (worked >= left)
            {
                return ReachWithin(day, nanos, left);
            }

            left -= worked;
            (day, nanos) = (day + 1, 0);
        }

        return null;
    }

    // Whole weeks at once, but never the one in which the last nanosecond may lie. Exceptions may hold more than the hours of
    // the weeks: then it lies before the last day, and half as many are tried.
    private int WeeksBefore(int day, ref int last, long left)
    {
        var weeks = (int)Math.Min((left - 1) / Math.Max(1, Week.Total), (last - day) / 7);
        while (weeks > 0 && Days.HasExceptions && WholeDays(day, day + (7 * weeks)) >= Duration.FromNanoseconds(left))
        {
            last = day + (7 * weeks);
            weeks /= 2;
        }

        return weeks;
    }

    private WallTime ReachWithin(int day, long nanos, long left)
    {
        var here = nanos;
        foreach (var span in SpansOf(day))
        {
            var worked = span.Overlap(nanos, DayLength);
            if (worked >= left)
            {
                return new WallTime(day, Math.Max(span.From, nanos) + left);
            }

            left -= worked;
            here = span.To;
        }

        return new WallTime(day, here);
    }

    /// <summary>The hours of a day.</summary>
    public ReadOnlySpan<DaySpan> SpansOf(int day) =>
        Days.Find(day) is { } special ? special.Spans : Week.SpansOf(WallTime.WeekdayOf(day));

    private long On(int day, long from, long to)
    {
        long sum = 0;
        if (from < to)
        {
            foreach (var span in SpansOf(day))
            {
                sum += span.Overlap(from, to);
            }
        }

        return sum;
    }

    private Duration WholeDays(int from, int until)
    {
        var count = until - from;
        var sum = Duration.FromNanoseconds(Week.Total) * (count / 7);
        for (var day = until - (count % 7); day < until; day++)
        {
            sum += Duration.FromNanoseconds(Week.TotalOf(WallTime.WeekdayOf(day)));
        }

        return sum + Days.ChangeBetween(from, until);
    }
}
