using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The days of a calendar that have hours of their own.</summary>
internal sealed class ExceptionList
{
    private readonly (CalendarException Rule, DayCause Cause)[] rules;

    public ExceptionList(IEnumerable<(CalendarException Exception, string Line)> exceptions) =>
        rules = [
            .. exceptions
                // A date goes before what returns every year.
                .OrderBy(entry => entry.Exception.Date is null)
                .Select(entry => (entry.Exception, CauseOf(entry.Exception, entry.Line))),
        ];

    public bool IsEmpty => rules.Length == 0;

    /// <summary>Whether some of its days are those of the moon.</summary>
    public bool IsLunar => Array.Exists(rules, entry => entry.Rule.Lunar);

    /// <summary>The days of a year; the first of several on a day holds.</summary>
    public IEnumerable<(int Day, DayCause Cause)> In(int year)
    {
        var first = WallTime.DayOf(new LocalDate(year, 1, 1));
        var last = first + CalendarSystem.Iso.GetDaysInYear(year) - 1;
        return rules.SelectMany(entry =>
            Enumerable
                .Range(year - 1, 3)
                .Where(around => around is >= 1 and <= 9998)
                .SelectMany(around => DayRules.Of(entry.Rule, around))
                .Where(day => day >= first && day <= last)
                .Select(day => (day, entry.Cause))
        );
    }

    private static DayCause CauseOf(CalendarException exception, string line)
    {
        var spans = WorkingWeek.Read(exception.Hours).ToList();
        return new DayCause(
            exception.Name,
            line,
            true,
            false,
            WorkingWeek.Merge(spans.Select(span => span.Own)),
            WorkingWeek.Merge(spans.Select(span => span.Overflow))
        );
    }
}
