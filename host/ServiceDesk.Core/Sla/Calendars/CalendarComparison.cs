using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>A day of two calendars.</summary>
/// <param name="Date">The day on the wall clock of each.</param>
/// <param name="One">The hours in the first.</param>
/// <param name="Other">The hours in the second.</param>
/// <param name="OneNamed">Why the first is not as its weekday; null when it is.</param>
/// <param name="OtherNamed">Why the second is not as its weekday; null when it is.</param>
public sealed record ComparedDay(
    LocalDate Date,
    DayHours One,
    DayHours Other,
    NamedDay? OneNamed,
    NamedDay? OtherNamed
);

/// <summary>What two calendars make of a year.</summary>
/// <param name="One">Working time of the year in the first, on its wall clock.</param>
/// <param name="Other">Working time of the year in the second.</param>
/// <param name="Differing">How many days have other hours in one than in the other.</param>
/// <param name="Days">Those of them that are not as their weekday in at least one, in order; that a weekday differs is told once, by the hours of the week.</param>
public sealed record CalendarComparison(Duration One, Duration Other, int Differing, IReadOnlyList<ComparedDay> Days)
{
    /// <summary>Compares two calendars in a year from 1 to 9998, each on the wall clock of its own zone.</summary>
    public static CalendarComparison Of(CalendarDocument one, CalendarDocument other, int year)
    {
        var (first, second) = (WorkingCalendar.Of(one), WorkingCalendar.Of(other));
        var firstNamed = first.NamedDays(year).ToDictionary(day => day.Date);
        var secondNamed = second.NamedDays(year).ToDictionary(day => day.Date);
        var (sum, otherSum, differing) = (Duration.Zero, Duration.Zero, 0);
        var days = new List<ComparedDay>();
        for (var date = new LocalDate(year, 1, 1); date.Year == year; date = date.PlusDays(1))
        {
            var (here, there) = (first.HoursOf(date), second.HoursOf(date));
            (sum, otherSum) = (sum + here.Working, otherSum + there.Working);
            if (here.Spans.SequenceEqual(there.Spans))
            {
                continue;
            }

            differing++;
            var (hereNamed, thereNamed) = (firstNamed.GetValueOrDefault(date), secondNamed.GetValueOrDefault(date));
            if (hereNamed is not null || thereNamed is not null)
            {
                days.Add(new ComparedDay(date, here, there, hereNamed, thereNamed));
            }
        }

        return new CalendarComparison(sum, otherSum, differing, days);
    }
}
