using NodaTime;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Working time on the wall clock, as if it never jumped: hours of the week less holidays. <see cref="WorkingCalendar"/> adds the zone.</summary>
internal sealed class WallTimeline(WorkingWeek week, HolidayTable holidays)
{
    private const long DayLength = WallTime.DayLength;

    public WorkingWeek Week { get; } = week;

    public HolidayTable Holidays { get; } = holidays;

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
        var (day, nanos) = (from.Day, from.Nanos);
        while (day <= end.Day)
        {
            // Whole weeks at once, but never the one in which the last nanosecond may lie.
            var weeks = nanos == 0 ? (int)Math.Min((left - 1) / Week.Total, (end.Day - day) / 7) : 0;
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

    private WallTime ReachWithin(int day, long nanos, long left)
    {
        var here = nanos;
        foreach (var span in Week.SpansOf(WallTime.WeekdayOf(day)))
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

    private long On(int day, long from, long to) =>
        from >= to || Holidays.Contains(day, out _) ? 0 : Week.Within(WallTime.WeekdayOf(day), from, to);

    private Duration WholeDays(int from, int until)
    {
        var days = until - from;
        var sum = Duration.FromNanoseconds(Week.Total) * (days / 7);
        for (var day = until - (days % 7); day < until; day++)
        {
            sum += Duration.FromNanoseconds(Week.TotalOf(WallTime.WeekdayOf(day)));
        }

        foreach (var holiday in Holidays.Between(from, until))
        {
            sum -= Duration.FromNanoseconds(Week.TotalOf(WallTime.WeekdayOf(holiday)));
        }

        return sum;
    }
}
