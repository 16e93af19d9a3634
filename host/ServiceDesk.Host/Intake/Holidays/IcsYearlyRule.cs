using System.Globalization;
using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>Reads the recurrence rules that a calendar can keep: every year on a day, or on a weekday of a month.</summary>
internal static class IcsYearlyRule
{
    private static readonly Dictionary<string, string> Weekdays = new(StringComparer.Ordinal)
    {
        ["MO"] = "monday",
        ["TU"] = "tuesday",
        ["WE"] = "wednesday",
        ["TH"] = "thursday",
        ["FR"] = "friday",
        ["SA"] = "saturday",
        ["SU"] = "sunday",
    };

    private static readonly string[] Known =
    [
        "FREQ",
        "INTERVAL",
        "UNTIL",
        "COUNT",
        "BYMONTH",
        "BYMONTHDAY",
        "BYDAY",
        "WKST",
    ];

    /// <summary>The rule as a holiday; null when a calendar can't keep it.</summary>
    public static Holiday? Read(string rule, LocalDate first)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in rule.Trim().ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair.Length < 2 || !Known.Contains(pair[0]) || !parts.TryAdd(pair[0], pair[1]))
            {
                return null;
            }
        }

        if (
            parts.GetValueOrDefault("FREQ") != "YEARLY"
            || parts.GetValueOrDefault("INTERVAL", "1") != "1"
            || !Is(parts, "BYMONTH", first.Month)
            || !Is(parts, "BYMONTHDAY", first.Day)
        )
        {
            return null;
        }

        var until = UntilOf(parts, first);
        if (until == 0)
        {
            return null;
        }

        var day = new Holiday
        {
            Month = first.Month,
            Yearly = true,
            FromYear = first.Year,
            UntilYear = until,
        };
        return parts.TryGetValue("BYDAY", out var byDay)
            ? OfWeekday(day, byDay, parts.ContainsKey("BYMONTH") && !parts.ContainsKey("BYMONTHDAY"))
            : day with
            {
                Day = first.Day,
            };
    }

    // A weekday is counted in its month only when the rule names the month.
    private static Holiday? OfWeekday(Holiday day, string text, bool isOfMonth)
    {
        if (
            !isOfMonth
            || text.Length is < 3 or > 4
            || !Weekdays.TryGetValue(text[^2..], out var weekday)
            || !int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nth)
            || nth is not (-1 or (>= 1 and <= 5))
        )
        {
            return null;
        }

        return day with
        {
            Weekday = weekday,
            Nth = nth,
        };
    }

    private static bool Is(Dictionary<string, string> parts, string name, int expected) =>
        !parts.TryGetValue(name, out var text) || text == expected.ToString(CultureInfo.InvariantCulture);

    // Null for ever, 0 for what can't be read.
    private static int? UntilOf(Dictionary<string, string> parts, LocalDate first)
    {
        if (parts.TryGetValue("COUNT", out var text))
        {
            return
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is > 0 and <= 1000
                ? first.Year + count - 1
                : 0;
        }

        if (!parts.TryGetValue("UNTIL", out var until))
        {
            return null;
        }

        var isRead = int.TryParse(
            until.AsSpan(0, Math.Min(4, until.Length)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var year
        );
        return isRead && year >= first.Year && year <= 9998 ? year : 0;
    }
}
