using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Core.Sla;

/// <summary>Durations in ISO 8601, as JSON and configuration write them: <c>PT8H</c>, <c>P1DT30M</c>, with a day of 24 hours and a week of 7 days.</summary>
public static class IsoDurations
{
    /// <summary>The most that is read, either way: 36,525 days (100 years).</summary>
    public static readonly Duration Longest = Duration.FromDays(36_525);

    /// <summary>Reads a duration, also a negative one.</summary>
    /// <returns>False for another text, for years and months (which have no fixed length) and for more than <see cref="Longest"/>; never throws.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = Duration.Zero;
        var trimmed = (text ?? string.Empty).Trim();
        var isNegative = trimmed.StartsWith('-');
        if (
            trimmed.Length > 60
            || !PeriodPattern
                .NormalizingIso.Parse(isNegative ? trimmed[1..] : trimmed)
                .TryGetValue(Period.Zero, out var period)
        )
        {
            return false;
        }

        if (period.Years != 0 || period.Months != 0 || Math.Abs(ApproximateDays(period)) > Longest.TotalDays)
        {
            return false;
        }

        duration = isNegative ? -period.ToDuration() : period.ToDuration();
        return true;
    }

    /// <summary>Writes a duration in hours, minutes and seconds: <c>PT26H30M</c>; <c>PT0S</c> for zero.</summary>
    public static string Format(Duration duration)
    {
        if (duration < Duration.Zero)
        {
            return "-" + Format(-duration);
        }

        var text = new StringBuilder("PT");
        Append(text, (duration.Days * 24L) + duration.Hours, 'H');
        Append(text, duration.Minutes, 'M');
        if (duration.SubsecondNanoseconds > 0)
        {
            var fraction = duration.SubsecondNanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
            text.Append(CultureInfo.InvariantCulture, $"{duration.Seconds}.{fraction}S");
        }
        else
        {
            Append(text, duration.Seconds, 'S');
        }

        return text.Length == 2 ? "PT0S" : text.ToString();
    }

    private static void Append(StringBuilder text, long amount, char unit)
    {
        if (amount > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{amount}{unit}");
        }
    }

    private static double ApproximateDays(Period period) =>
        (period.Weeks * 7d)
        + period.Days
        + (period.Hours / 24d)
        + (period.Minutes / 1440d)
        + (period.Seconds / 86_400d)
        + (period.Nanoseconds / (double)NodaConstants.NanosecondsPerDay);
}
