using NodaTime;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>The days of a forecast: those of the reader's zone on which anybody works, and what lies between.</summary>
/// <param name="Days">Every day, the first is today.</param>
/// <param name="Until">The end of the last one.</param>
public sealed record ForecastHorizon(IReadOnlyList<LocalDate> Days, Instant Until)
{
    /// <summary>The most days on the wall that are looked at.</summary>
    public const int MostDays = 45;

    /// <summary>The horizon of so many working days from now; today counts when somebody works yet.</summary>
    public static ForecastHorizon Of(
        Instant now,
        DateTimeZone zone,
        int workingDays,
        IReadOnlyCollection<HoursLine> hours
    )
    {
        var (day, days, worked) = (now.InZone(zone).Date, new List<LocalDate>(), 0);
        while (worked < workingDays && days.Count < MostDays)
        {
            var (from, to) = (Instant.Max(now, zone.AtStartOfDay(day).ToInstant()), EndOf(day, zone));
            worked += hours.Count == 0 || hours.Any(line => line.Between(from, to) > Duration.Zero) ? 1 : 0;
            days.Add(day);
            day = day.PlusDays(1);
        }

        return new ForecastHorizon(days, EndOf(days[^1], zone));
    }

    private static Instant EndOf(LocalDate day, DateTimeZone zone) => zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
}
