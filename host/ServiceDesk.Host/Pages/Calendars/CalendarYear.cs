using NodaTime;
using ServiceDesk.Core.Sla.Calendars;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>What a day of the year view shows.</summary>
/// <param name="Date">The day.</param>
/// <param name="State">For class names: <c>work</c>, <c>off</c>, <c>holiday</c>, <c>other</c> for other hours.</param>
/// <param name="Hours">Its hours.</param>
/// <param name="Named">Why it is not as its weekday.</param>
public sealed record YearDay(LocalDate Date, string State, DayHours Hours, NamedDay? Named);

/// <summary>A year of a calendar, month by month in weeks from Monday.</summary>
public sealed class CalendarYear
{
    public CalendarYear(WorkingCalendar calendar, int year)
    {
        Year = year;
        Named = [.. calendar.NamedDays(year)];
        Working = calendar.WorkingOf(year);
        IsComplete = calendar.KnownUntil is not { } last || year <= last;
        var named = Named.ToDictionary(day => day.Date);
        Months = [.. Enumerable.Range(1, 12).Select(month => Weeks(calendar, named, new LocalDate(year, month, 1)))];
    }

    public int Year { get; }

    /// <summary>Working time of the year.</summary>
    public Duration Working { get; }

    /// <summary>Whether all days of the moon of this year are known.</summary>
    public bool IsComplete { get; }

    /// <summary>The days that are not as their weekday.</summary>
    public IReadOnlyList<NamedDay> Named { get; }

    /// <summary>For each month its weeks of seven days; null where the month has none.</summary>
    public IReadOnlyList<IReadOnlyList<YearDay?[]>> Months { get; }

    /// <summary>How many days have working time.</summary>
    public int WorkingDays =>
        Months.SelectMany(weeks => weeks).SelectMany(week => week).Count(day => day?.Hours.Working > Duration.Zero);

    private static List<YearDay?[]> Weeks(
        WorkingCalendar calendar,
        Dictionary<LocalDate, NamedDay> named,
        LocalDate first
    )
    {
        var weeks = new List<YearDay?[]>();
        for (var date = first; date.Month == first.Month; date = date.PlusDays(1))
        {
            var weekday = (int)date.DayOfWeek - 1;
            if (weeks.Count == 0 || weekday == 0)
            {
                weeks.Add(new YearDay?[7]);
            }

            weeks[^1][weekday] = Of(calendar, date, named.GetValueOrDefault(date));
        }

        return weeks;
    }

    private static YearDay Of(WorkingCalendar calendar, LocalDate date, NamedDay? named)
    {
        var hours = calendar.HoursOf(date);
        var state =
            named is { IsException: true } ? "other"
            : named is not null ? "holiday"
            : hours.Working > Duration.Zero ? "work"
            : "off";
        return new YearDay(date, state, hours, named);
    }
}
