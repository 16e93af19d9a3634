using System.Collections.Concurrent;
using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The days of a calendar that are not as their weekday: holidays, exceptions, and what spans over midnight make of the days after them. Worked out year by year and kept.</summary>
internal sealed class DayTable(WorkingWeek week, IReadOnlyList<HolidayList> holidays, ExceptionList exceptions)
{
    // Who asks for more years than a calendar is made for gets them, but they are not kept.
    private const int MostYears = 300;

    private readonly ConcurrentDictionary<int, DayYear> years = new();
    private DayYear? recent;

    /// <summary>Whether every day is as its weekday.</summary>
    public bool IsEmpty { get; } = exceptions.IsEmpty && holidays.All(list => list.IsEmpty);

    /// <summary>Whether days are known that have more hours than their weekday.</summary>
    public bool HasExceptions => !exceptions.IsEmpty;

    /// <summary>Whether some of its days are those of the moon, which are known to 2050 only.</summary>
    public bool IsLunar { get; } = exceptions.IsLunar || holidays.Any(list => list.IsLunar);

    /// <summary>A day that is not as its weekday; null for an ordinary one.</summary>
    public SpecialDay? Find(int day) => IsEmpty ? null : YearOfDay(day).Find(day);

    /// <summary>How much more working time the days from one until before another have than their weekdays.</summary>
    public Duration ChangeBetween(int from, int until)
    {
        var sum = Duration.Zero;
        if (IsEmpty)
        {
            return sum;
        }

        while (from < until)
        {
            var year = YearOfDay(from);
            sum += Duration.FromNanoseconds(year.ChangeBetween(from, until));
            from = year.Last + 1;
        }

        return sum;
    }

    /// <summary>The days of a year with a cause of their own, in order.</summary>
    public IEnumerable<SpecialDay> CausesOf(int year) =>
        Of(year).Days.ToArray().Where(special => special.Cause is not null);

    private DayYear YearOfDay(int day)
    {
        if (recent is { } kept && kept.Has(day))
        {
            return kept;
        }

        return recent = Of(WallTime.DateOf(day).Year);
    }

    private DayYear Of(int year)
    {
        if (years.TryGetValue(year, out var known))
        {
            return known;
        }

        var made = Make(year);
        return years.Count < MostYears ? years.GetOrAdd(year, made) : made;
    }

    private DayYear Make(int year)
    {
        var causes = CausesIn(year);
        var first = WallTime.DayOf(new LocalDate(year, 1, 1));
        if (year > 1 && CausesIn(year - 1).TryGetValue(first - 1, out var eve))
        {
            causes[first - 1] = eve;
        }

        var last = first + CalendarSystem.Iso.GetDaysInYear(year) - 1;
        var days = causes.Keys.Concat(causes.Where(ReachesOn).Select(entry => entry.Key + 1)).Distinct().Order();
        return new DayYear(year, [.. days.Where(day => day >= first && day <= last).Select(day => Make(day, causes))]);
    }

    private bool ReachesOn(KeyValuePair<int, DayCause> entry) =>
        entry.Value.Overflow.Length > 0 || week.OverflowOf(WallTime.WeekdayOf(entry.Key)).Length > 0;

    private SpecialDay Make(int day, Dictionary<int, DayCause> causes)
    {
        var (cause, before) = (causes.GetValueOrDefault(day), causes.GetValueOrDefault(day - 1));
        var weekday = WallTime.WeekdayOf(day);
        var own = cause is null ? week.OwnOf(weekday) : cause.Own;
        var reaching = before is null ? week.OverflowOf(WallTime.WeekdayOf(day - 1)) : before.Overflow;
        var spans = WorkingWeek.Merge(own.Concat(reaching));
        return new SpecialDay(
            day,
            spans,
            spans.Sum(span => span.To - span.From) - week.TotalOf(weekday),
            cause,
            before
        );
    }

    // Exceptions go before holidays, and the calendar's own holidays before those of its sets.
    private Dictionary<int, DayCause> CausesIn(int year)
    {
        var causes = new Dictionary<int, DayCause>();
        foreach (var (day, cause) in exceptions.In(year))
        {
            causes.TryAdd(day, cause);
        }

        foreach (var holiday in holidays.SelectMany(list => list.In(year)))
        {
            causes.TryAdd(holiday.Day, DayCause.Of(holiday));
        }

        return causes;
    }
}
