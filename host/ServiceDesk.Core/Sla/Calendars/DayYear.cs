using NodaTime;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The special days of a year.</summary>
internal sealed class DayYear
{
    private readonly SpecialDay[] days;

    // By day of the year: one more than the place in the list, 0 for an ordinary day.
    private readonly ushort[] places = new ushort[366];

    public DayYear(int year, SpecialDay[] days)
    {
        this.days = days;
        First = WallTime.DayOf(new LocalDate(year, 1, 1));
        Last = First + CalendarSystem.Iso.GetDaysInYear(year) - 1;
        foreach (var (index, day) in days.Index())
        {
            places[day.Day - First] = (ushort)(index + 1);
            Change += day.Change;
        }
    }

    public int First { get; }

    public int Last { get; }

    /// <summary>How many nanoseconds more the year has than its weekdays.</summary>
    public long Change { get; }

    public ReadOnlySpan<SpecialDay> Days => days;

    public bool Has(int day) => day >= First && day <= Last;

    public SpecialDay? Find(int day) => places[day - First] is > 0 and var place ? days[place - 1] : null;

    /// <summary>How many nanoseconds more the days from one until before another have.</summary>
    public long ChangeBetween(int from, int until)
    {
        if (from <= First && until > Last)
        {
            return Change;
        }

        long sum = 0;
        foreach (var day in days)
        {
            if (day.Day >= from && day.Day < until)
            {
                sum += day.Change;
            }
        }

        return sum;
    }
}
