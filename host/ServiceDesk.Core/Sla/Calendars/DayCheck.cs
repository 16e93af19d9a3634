using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>A day of a calendar has one of its forms, and there is such a day.</summary>
internal static class DayCheck
{
    private const int LongestLunarMonth = 30;
    private const int MostAround = 10;
    private const int MostFromEaster = 200;

    public static IEnumerable<DocumentProblem> Of(CalendarDay day, string path)
    {
        if (FormOf(day) is not { } problem)
        {
            yield return DocumentProblem.At(path, "sla.calendar-holiday-unclear");
            yield break;
        }

        if (problem.Length > 0)
        {
            yield return DocumentProblem.At(path, problem, [.. ArgumentsOf(day, problem)]);
        }

        if (day.DaysBefore is < 0 or > MostAround || day.DaysAfter is < 0 or > MostAround)
        {
            yield return DocumentProblem.At(path, "sla.calendar-days-around", $"{MostAround}");
        }

        if (day.UntilYear < day.FromYear)
        {
            yield return DocumentProblem.At($"{path}/untilYear", "sla.calendar-years-backwards");
        }
    }

    // The code of what is wrong, empty when nothing is; null when it has none of the forms.
    private static string? FormOf(CalendarDay day) =>
        day switch
        {
            { Date: not null } => HasNoRule(day) ? "" : null,
            { Yearly: false } => null,
            { Easter: { } days, Month: null, Day: null, Weekday: null, Nth: null, Lunar: false } => Math.Abs(days)
            > MostFromEaster
                ? "sla.calendar-easter-far"
                : "",
            { Weekday: { } weekday, Nth: { } nth, Month: { } month, Day: null, Lunar: false, Easter: null } =>
                OfWeekday(weekday, nth, month),
            { Month: { } month, Day: { } number, Weekday: null, Nth: null, Easter: null } => IsPossible(
                month,
                number,
                day.Lunar
            )
                ? ""
                : "sla.calendar-holiday-impossible",
            _ => null,
        };

    private static bool HasNoRule(CalendarDay day) =>
        day
            is {
                Month: null,
                Day: null,
                Yearly: false,
                Lunar: false,
                Weekday: null,
                Nth: null,
                Easter: null,
                FromYear: null,
                UntilYear: null,
            };

    private static string OfWeekday(string weekday, int nth, int month) =>
        !WorkingWeek.Names.Contains(weekday, StringComparer.Ordinal) ? "sla.calendar-weekday-unknown"
        : nth is not (-1 or (>= 1 and <= 5)) || month is < 1 or > 12 ? "sla.calendar-nth-wrong"
        : "";

    private static bool IsPossible(int month, int day, bool isLunar) =>
        month is >= 1 and <= 12
        && day >= 1
        && day <= (isLunar ? LongestLunarMonth : CalendarSystem.Iso.GetDaysInMonth(2024, month));

    private static string[] ArgumentsOf(CalendarDay day, string problem) =>
        problem switch
        {
            "sla.calendar-holiday-impossible" => [$"{day.Month}", $"{day.Day}"],
            "sla.calendar-weekday-unknown" => [day.Weekday!],
            "sla.calendar-easter-far" => [$"{MostFromEaster}"],
            _ => [],
        };
}
