using System.Globalization;
using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>On which days a rule of a calendar falls.</summary>
internal static class DayRules
{
    /// <summary>The last year of which the days of the moon are known.</summary>
    public const int LastLunarYear = 2050;

    private const int FirstLunarYear = 918;

    private static readonly KoreanLunisolarCalendar Lunar = new();

    /// <summary>The days of a rule that belong to a year: they may reach over its ends, and those of the moon lie up to two months behind it.</summary>
    public static IEnumerable<int> Of(CalendarDay rule, int year) =>
        AnchorOf(rule, year) is { } anchor
            ? Enumerable.Range(anchor - rule.DaysBefore, rule.DaysBefore + 1 + rule.DaysAfter)
            : [];

    private static int? AnchorOf(CalendarDay rule, int year)
    {
        if (rule.Date is { } date)
        {
            return date.Year == year ? WallTime.DayOf(date) : null;
        }

        if (year < rule.FromYear || year > rule.UntilYear)
        {
            return null;
        }

        return rule switch
        {
            { Easter: { } offset } => WallTime.DayOf(EasterOf(year)) + offset,
            { Weekday: { } weekday, Month: { } month, Nth: { } nth } => NthOf(year, month, weekday, nth),
            { Lunar: true, Month: { } month, Day: { } day } => LunarOf(year, month, day),
            { Month: { } month, Day: { } day } => day > CalendarSystem.Iso.GetDaysInMonth(year, month)
                ? null
                : WallTime.DayOf(new LocalDate(year, month, day)),
            _ => null,
        };
    }

    private static int? NthOf(int year, int month, string weekday, int nth)
    {
        var wanted = Array.IndexOf(WorkingWeek.Names, weekday);
        var first = WallTime.DayOf(new LocalDate(year, month, 1));
        var length = CalendarSystem.Iso.GetDaysInMonth(year, month);
        var offset = (wanted - WallTime.WeekdayOf(first) + 7) % 7;
        offset += nth > 0 ? 7 * (nth - 1) : 7 * ((length - 1 - offset) / 7);
        return offset < length ? first + offset : null;
    }

    private static int? LunarOf(int year, int month, int day)
    {
        if (year is < FirstLunarYear or > LastLunarYear)
        {
            return null;
        }

        // Months are counted through, the leap month too.
        var leap = Lunar.GetLeapMonth(year);
        var ordinal = leap > 0 && month >= leap ? month + 1 : month;
        return day > Lunar.GetDaysInMonth(year, ordinal)
            ? null
            : WallTime.DayOf(LocalDate.FromDateTime(Lunar.ToDateTime(year, ordinal, day, 0, 0, 0, 0)));
    }

    // Gauss's rule as Meeus, Jones and Butcher wrote it down.
    private static LocalDate EasterOf(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - moon - (rest % 4)) % 7;
        var late = (golden + (11 * moon) + (22 * weekday)) / 451;
        var sum = moon + weekday - (7 * late) + 114;
        return new LocalDate(year, sum / 31, (sum % 31) + 1);
    }
}
