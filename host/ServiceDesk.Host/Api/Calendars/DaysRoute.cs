using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>What makes a day other than its weekday.</summary>
public enum NamedDayKind
{
    /// <summary>It has no working time.</summary>
    Holiday = 1,

    /// <summary>It has no working time, in place of a holiday that was lost.</summary>
    Substitute = 2,

    /// <summary>It has other hours.</summary>
    Exception = 3,
}

/// <summary>A day that is not as its weekday.</summary>
/// <param name="Date">The day on the wall clock of the calendar's zone.</param>
/// <param name="Kind">What makes it so.</param>
/// <param name="Name">Its name, by language.</param>
/// <param name="Working">Working time of the day, on its wall clock.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer into its document.</param>
public sealed record NamedDayAnswer(
    LocalDate Date,
    NamedDayKind Kind,
    LocalizedText? Name,
    Duration Working,
    string Line
)
{
    internal static NamedDayAnswer Of(WorkingCalendar calendar, NamedDay day) =>
        new(
            day.Date,
            day.IsException ? NamedDayKind.Exception
                : day.IsSubstitute ? NamedDayKind.Substitute
                : NamedDayKind.Holiday,
            day.Name,
            calendar.HoursOf(day.Date).Working,
            day.Line
        );
}

/// <summary>The days of a year that are not as their weekday.</summary>
/// <param name="Year">The year.</param>
/// <param name="Working">Working time of the whole year, on its wall clock.</param>
/// <param name="KnownUntil">The last year of which all days are known, when some are those of the moon.</param>
/// <param name="Days">In order.</param>
public sealed record DaysAnswer(int Year, Duration Working, int? KnownUntil, IReadOnlyList<NamedDayAnswer> Days);

/// <summary>Tells the days of a year.</summary>
internal static class DaysRoute
{
    public static IResult Get(
        string id,
        string? year,
        IClock clock,
        ICurrentConfiguration configuration,
        ApiProblems problems
    )
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(id, out var document))
        {
            return CalendarQuestion.Missing(id, problems);
        }

        var calendar = WorkingCalendar.Of(document);
        if (YearOf(year, calendar, clock) is not { } asked)
        {
            return WrongYear(problems);
        }

        return Results.Ok(
            new DaysAnswer(
                asked,
                calendar.WorkingOf(asked),
                calendar.KnownUntil,
                [.. calendar.NamedDays(asked).Select(day => NamedDayAnswer.Of(calendar, day))]
            )
        );
    }

    /// <summary>The year that is asked for, without one the current year in the calendar's zone; null when it is none.</summary>
    public static int? YearOf(string? text, WorkingCalendar calendar, IClock clock)
    {
        if (text is null)
        {
            return clock.GetCurrentInstant().InZone(calendar.Zone).Year;
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= 1900 and <= 2200
            ? year
            : null;
    }

    /// <summary>The answer to a year that is none.</summary>
    public static IResult WrongYear(ApiProblems problems) =>
        problems.OfParameter(StatusCodes.Status400BadRequest, "year", "calendar.year-wrong");
}
