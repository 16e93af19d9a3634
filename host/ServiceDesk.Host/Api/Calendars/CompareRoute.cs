using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A weekday of two calendars.</summary>
/// <param name="Weekday">In English.</param>
/// <param name="One">The spans of the calendar of the address.</param>
/// <param name="Other">The spans of the other.</param>
public sealed record ComparedWeekdayAnswer(string Weekday, IReadOnlyList<WorkSpan> One, IReadOnlyList<WorkSpan> Other);

/// <summary>A day that differs.</summary>
/// <param name="Date">The day.</param>
/// <param name="One">Working time in the calendar of the address.</param>
/// <param name="Other">Working time in the other.</param>
/// <param name="OneDay">What makes it other than its weekday in the calendar of the address; null when nothing does.</param>
/// <param name="OtherDay">What makes it other than its weekday in the other.</param>
public sealed record ComparedDayAnswer(
    LocalDate Date,
    Duration One,
    Duration Other,
    NamedDayAnswer? OneDay,
    NamedDayAnswer? OtherDay
);

/// <summary>Two calendars beside each other.</summary>
/// <param name="Year">The year of the days.</param>
/// <param name="Zones">Their zones.</param>
/// <param name="Week">The hours of the week.</param>
/// <param name="One">Working time of the year in the calendar of the address.</param>
/// <param name="Other">Working time of the year in the other.</param>
/// <param name="Differing">How many days of the year have other hours.</param>
/// <param name="Days">Those of them that are not as their weekday in one of the two.</param>
public sealed record CompareAnswer(
    int Year,
    IReadOnlyList<string> Zones,
    IReadOnlyList<ComparedWeekdayAnswer> Week,
    Duration One,
    Duration Other,
    int Differing,
    IReadOnlyList<ComparedDayAnswer> Days
);

/// <summary>Compares calendars.</summary>
internal static class CompareRoute
{
    public static IResult Get(
        string id,
        string? with,
        string? year,
        IClock clock,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(id, out var one))
        {
            return CalendarQuestion.Missing(id, problems);
        }

        if (with is null || !configuration.Snapshot.TryGet<CalendarDocument>(with, out var other))
        {
            return problems.OfParameter(StatusCodes.Status400BadRequest, "with", "calendar.with-wrong", with ?? "");
        }

        var (first, second) = (WorkingCalendar.Of(one), WorkingCalendar.Of(other));
        if (DaysRoute.YearOf(year, first, clock) is not { } asked)
        {
            return DaysRoute.WrongYear(problems);
        }

        var found = CalendarComparison.Of(one, other, asked);
        return Results.Ok(
            new CompareAnswer(
                asked,
                [one.Zone, other.Zone],
                [
                    .. CalendarWeekdays.Days.Select(day => new ComparedWeekdayAnswer(
                        day,
                        one.Hours.Find(day) ?? [],
                        other.Hours.Find(day) ?? []
                    )),
                ],
                found.One,
                found.Other,
                found.Differing,
                [
                    .. found.Days.Select(day => new ComparedDayAnswer(
                        day.Date,
                        day.One.Working,
                        day.Other.Working,
                        day.OneNamed is null ? null : NamedDayAnswer.Of(first, day.OneNamed),
                        day.OtherNamed is null ? null : NamedDayAnswer.Of(second, day.OtherNamed)
                    )),
                ]
            )
        );
    }
}
