using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The holidays of a calendar, by day.</summary>
internal sealed class HolidayTable
{
    private readonly SortedList<int, LocalizedText?> dated = [];
    private readonly List<(int Month, int Day, LocalizedText? Name)> yearly = [];

    public HolidayTable(IEnumerable<Holiday> holidays)
    {
        foreach (var holiday in holidays)
        {
            if (holiday.Date is { } date)
            {
                dated.TryAdd(WallTime.DayOf(date), holiday.Name);
            }
            else if (
                holiday is { Month: { } month, Day: { } day }
                && !yearly.Exists(known => known.Month == month && known.Day == day)
            )
            {
                yearly.Add((month, day, holiday.Name));
            }
        }
    }

    public bool IsEmpty => dated.Count == 0 && yearly.Count == 0;

    /// <summary>Whether a day is a holiday, and its name where it has one; the name of a date goes before that of every year.</summary>
    public bool Contains(int day, out LocalizedText? name)
    {
        if (dated.TryGetValue(day, out name))
        {
            return true;
        }

        if (yearly.Count > 0)
        {
            var date = WallTime.DateOf(day);
            foreach (var holiday in yearly)
            {
                if (holiday.Month == date.Month && holiday.Day == date.Day)
                {
                    name = holiday.Name;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The holidays from a day until before another, each once, in no order.</summary>
    public IEnumerable<int> Between(int from, int until)
    {
        for (var i = FirstDatedFrom(from); i < dated.Count && dated.Keys[i] < until; i++)
        {
            yield return dated.Keys[i];
        }

        if (yearly.Count == 0 || from >= until)
        {
            yield break;
        }

        var lastYear = WallTime.DateOf(until - 1).Year;
        for (var year = WallTime.DateOf(from).Year; year <= lastYear; year++)
        {
            foreach (var (month, dayOfMonth, _) in yearly)
            {
                if (dayOfMonth > CalendarSystem.Iso.GetDaysInMonth(year, month))
                {
                    continue;
                }

                var day = WallTime.DayOf(new LocalDate(year, month, dayOfMonth));
                if (day >= from && day < until && !dated.ContainsKey(day))
                {
                    yield return day;
                }
            }
        }
    }

    private int FirstDatedFrom(int day)
    {
        var (low, high) = (0, dated.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = dated.Keys[middle] < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
