using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>A day of a list of holidays.</summary>
/// <param name="Day">The day.</param>
/// <param name="Name">What is celebrated.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer.</param>
/// <param name="IsSubstitute">Whether it is free in place of another.</param>
internal sealed record HolidayDay(int Day, LocalizedText? Name, string Line, bool IsSubstitute);

/// <summary>Holidays that stand together: those of a document, or those of a set. Substitutes look at this list alone.</summary>
internal sealed class HolidayList
{
    private const int Saturday = 5;

    private readonly ILookup<int, Line> dated;
    private readonly Line[] yearly;
    private readonly bool hasSubstitutes;

    public HolidayList(IEnumerable<(Holiday Holiday, string Line)> holidays)
    {
        var lines = holidays.Select((entry, index) => new Line(entry.Holiday, entry.Line, index)).ToList();
        dated = lines.Where(line => line.Rule.Date is not null).ToLookup(line => line.Rule.Date!.Value.Year);
        yearly = [.. lines.Where(line => line.Rule.Date is null)];
        hasSubstitutes = lines.Exists(line => line.Rule.Substitute is not null);
        IsEmpty = lines.Count == 0;
        IsLunar = lines.Exists(line => line.Rule.Lunar);
    }

    public bool IsEmpty { get; }

    /// <summary>Whether some of its days are those of the moon.</summary>
    public bool IsLunar { get; }

    /// <summary>The holidays of a year, each day once, in order.</summary>
    public IEnumerable<HolidayDay> In(int year)
    {
        var (first, next) = (FirstDay(year), FirstDay(year + 1));
        var days = DaysAround(year);
        var found = days.Select(entry => new HolidayDay(entry.Key, NameOf(entry.Value), entry.Value[0].Path, false));
        var all = hasSubstitutes ? found.Concat(Substitutes(days)).OrderBy(day => day.Day) : found;
        return all.Where(day => day.Day >= first && day.Day < next);
    }

    private static int FirstDay(int year) => WallTime.DayOf(new LocalDate(Math.Clamp(year, 1, 9999), 1, 1));

    // Days reach over the ends of their year, and substitutes over those of the holidays before them.
    private SortedDictionary<int, List<Line>> DaysAround(int year)
    {
        var days = new SortedDictionary<int, List<Line>>();
        for (var around = Math.Max(1, year - 1); around <= Math.Min(9998, year + 1); around++)
        {
            foreach (var line in dated[around].Concat(yearly))
            {
                foreach (var day in DayRules.Of(line.Rule, around))
                {
                    if (days.TryGetValue(day, out var lines))
                    {
                        lines.Add(line);
                    }
                    else
                    {
                        days.Add(day, [line]);
                    }
                }
            }
        }

        foreach (var lines in days.Values.Where(lines => lines.Count > 1))
        {
            // The name of a date goes before that of every year.
            lines.Sort(static (a, b) => (a.Rule.Date is null, a.Index).CompareTo((b.Rule.Date is null, b.Index)));
        }

        return days;
    }

    private static List<HolidayDay> Substitutes(SortedDictionary<int, List<Line>> days)
    {
        var found = new List<HolidayDay>();
        var taken = days.Keys.ToHashSet();
        foreach (var (day, lines) in days)
        {
            if (lines.Find(line => IsLost(line.Rule.Substitute, day, lines.Count > 1)) is not { } lost)
            {
                continue;
            }

            var free = day + 1;
            while (WallTime.WeekdayOf(free) >= Saturday || taken.Contains(free))
            {
                free++;
            }

            taken.Add(free);
            found.Add(new HolidayDay(free, lost.Rule.Substitute!.Name ?? lost.Rule.Name, lost.Path, true));
        }

        return found;
    }

    private static bool IsLost(SubstituteRule? rule, int day, bool meetsOther)
    {
        if (rule is null || (rule.From is { } from && day < WallTime.DayOf(from)))
        {
            return false;
        }

        var weekday = WallTime.WeekdayOf(day);
        return rule.On.Contains(WorkingWeek.Names[weekday]) || (rule.Overlap && meetsOther && weekday < Saturday);
    }

    private static LocalizedText? NameOf(List<Line> lines) => lines.Find(line => line.Rule.Name is not null)?.Rule.Name;

    private sealed record Line(Holiday Rule, string Path, int Index);
}
