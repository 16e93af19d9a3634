using NodaTime;

namespace ServiceDesk.Changes.Planning;

/// <summary>The days that a calendar page shows: whole weeks from Monday, of a month or one alone.</summary>
/// <param name="First">The first day, a Monday.</param>
/// <param name="Weeks">How many weeks.</param>
/// <param name="Day">A day in it, by which it was asked.</param>
/// <param name="IsWeek">Whether it is one week alone.</param>
public sealed record CalendarSpan(LocalDate First, int Weeks, LocalDate Day, bool IsWeek)
{
    /// <summary>The week of a day.</summary>
    public static CalendarSpan WeekOf(LocalDate day) => new(Monday(day), 1, day, true);

    /// <summary>The weeks of a day's month.</summary>
    public static CalendarSpan MonthOf(LocalDate day)
    {
        var first = Monday(DateAdjusters.StartOfMonth(day));
        var last = DateAdjusters.EndOfMonth(day);
        return new(first, 1 + (Period.DaysBetween(first, last) / 7), day, false);
    }

    /// <summary>The days, in order.</summary>
    public IEnumerable<LocalDate> Days => Enumerable.Range(0, Weeks * 7).Select(First.PlusDays);

    /// <summary>A day in the span before this one.</summary>
    public LocalDate Before => IsWeek ? Day.PlusWeeks(-1) : DateAdjusters.StartOfMonth(Day).PlusMonths(-1);

    /// <summary>A day in the span after this one.</summary>
    public LocalDate After => IsWeek ? Day.PlusWeeks(1) : DateAdjusters.StartOfMonth(Day).PlusMonths(1);

    /// <summary>Whether a day is of the month that was asked for; every day of a week is.</summary>
    public bool Contains(LocalDate day) => IsWeek || (day.Year, day.Month) == (Day.Year, Day.Month);

    private static LocalDate Monday(LocalDate day) =>
        day.DayOfWeek == IsoDayOfWeek.Monday ? day : day.Previous(IsoDayOfWeek.Monday);
}
