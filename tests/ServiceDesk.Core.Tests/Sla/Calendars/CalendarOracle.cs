using System.Globalization;
using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

/// <summary>What a calendar says of a minute on the wall clock, written down as simply as can be: it asks each rule of each day and keeps nothing but the answers.</summary>
internal sealed class CalendarOracle(CalendarDocument calendar)
{
    private static readonly KoreanLunisolarCalendar Lunar = new();

    // Easter Sundays, from a printed table.
    private static readonly Dictionary<int, LocalDate> Easters = new()
    {
        [2025] = new(2025, 4, 20),
        [2026] = new(2026, 4, 5),
        [2027] = new(2027, 3, 28),
        [2028] = new(2028, 4, 16),
    };

    private readonly Dictionary<LocalDate, bool[]> days = [];

    /// <summary>How many minutes counted before each of the minutes from an instant on: asks the wall clock every time.</summary>
    public int[] Count(Instant start, int minutes)
    {
        var zone = DateTimeZoneProviders.Tzdb[calendar.Zone];
        var worked = new int[minutes + 1];
        var (date, day) = (default(LocalDate), Array.Empty<bool>());
        for (var minute = 0; minute < minutes; minute++)
        {
            var instant = start + Duration.FromMinutes(minute);
            var local = instant.WithOffset(zone.GetUtcOffset(instant));
            if (day.Length == 0 || local.Date != date)
            {
                (date, day) = (local.Date, MinutesOf(local.Date));
            }

            worked[minute + 1] = worked[minute] + (day[(local.Hour * 60) + local.Minute] ? 1 : 0);
        }

        return worked;
    }

    private bool[] MinutesOf(LocalDate date)
    {
        if (!days.TryGetValue(date, out var minutes))
        {
            minutes = new bool[24 * 60];
            Fill(minutes, SpansOn(date), 0);
            Fill(minutes, SpansOn(date.PlusDays(-1)), -24 * 60);
            days.Add(date, minutes);
        }

        return minutes;
    }

    private static void Fill(bool[] minutes, IEnumerable<WorkSpan> spans, int shift)
    {
        foreach (var span in spans)
        {
            var (from, to) = (Minute(span.From), Minute(span.To));
            to += to < from ? 24 * 60 : 0;
            for (var minute = from + shift; minute < to + shift; minute++)
            {
                if (minute >= 0 && minute < minutes.Length)
                {
                    minutes[minute] = true;
                }
            }
        }
    }

    private IEnumerable<WorkSpan> SpansOn(LocalDate date)
    {
        var exception =
            calendar.Exceptions.FirstOrDefault(one => one.Date is not null && Is(one, date))
            ?? calendar.Exceptions.FirstOrDefault(one => Is(one, date));
        if (exception is not null)
        {
            return exception.Hours;
        }

        var isHoliday =
            calendar.Holidays.Any(one => Is(one, date))
            || (calendar.Sets.Count > 0 && KoreanHolidays.Dates.Contains(date));
        return isHoliday ? [] : calendar.Hours.Find(CalendarSamples.Days[(int)date.DayOfWeek - 1]) ?? [];
    }

    private static bool Is(CalendarDay rule, LocalDate date)
    {
        for (var away = -rule.DaysAfter; away <= rule.DaysBefore; away++)
        {
            if (IsItself(rule, date.PlusDays(away)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsItself(CalendarDay rule, LocalDate date)
    {
        if (rule.Date is { } once)
        {
            return once == date;
        }

        var (year, month, day) = rule.Lunar ? LunarOf(date) : (date.Year, date.Month, date.Day);
        if (year < rule.FromYear || year > rule.UntilYear)
        {
            return false;
        }

        if (rule.Easter is { } days)
        {
            return Easters.GetValueOrDefault(date.PlusDays(-days).Year) == date.PlusDays(-days);
        }

        if (rule.Weekday is { } weekday)
        {
            return CalendarSamples.Days[(int)date.DayOfWeek - 1] == weekday
                && month == rule.Month
                && (rule.Nth == -1 ? date.PlusDays(7).Month != date.Month : ((date.Day - 1) / 7) + 1 == rule.Nth);
        }

        return month == rule.Month && day == rule.Day;
    }

    // The other way round than the calendar goes: from the day to the moon.
    private static (int Year, int Month, int Day) LunarOf(LocalDate date)
    {
        var day = date.ToDateTimeUnspecified();
        var (year, ordinal) = (Lunar.GetYear(day), Lunar.GetMonth(day));
        var leap = Lunar.GetLeapMonth(year);
        var month =
            leap == ordinal && leap > 0 ? 0
            : leap > 0 && ordinal > leap ? ordinal - 1
            : ordinal;
        return (year, month, Lunar.GetDayOfMonth(day));
    }

    private static int Minute(string time) =>
        (int.Parse(time[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(time[3..], CultureInfo.InvariantCulture);
}
