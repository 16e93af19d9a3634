using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>An event of an iCalendar file.</summary>
/// <param name="line">The line on which it begins.</param>
internal sealed class IcsEvent(int line, IReadOnlyList<IcsProperty> properties)
{
    private const int Longest = 31;
    private const int LongestYearly = 11;
    private const string Midnight = "T000000";

    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>The line on which it begins.</summary>
    public int Line { get; } = line;

    private IcsProperty? this[string name] => properties.FirstOrDefault(property => property.Name == name);

    /// <summary>Its days, or why it is no holiday.</summary>
    public (IReadOnlyList<Holiday> Holidays, BadLine? Problem) Read()
    {
        if (this["DTSTART"] is not { } start)
        {
            return Wrong(Line, "", "calendar.import-no-date");
        }

        if (string.Equals(this["STATUS"]?.Value.Trim(), "CANCELLED", StringComparison.OrdinalIgnoreCase))
        {
            return Wrong(Line, Title, "calendar.import-cancelled");
        }

        if (DayOf(start) is not { } first)
        {
            return Wrong(start.Line, start.Value, "calendar.import-not-all-day");
        }

        if (!HolidayFile.IsNear(first))
        {
            return Wrong(start.Line, start.Value, "calendar.import-far");
        }

        if (DaysFrom(first) is not { } days || days > Longest)
        {
            var end = this["DTEND"] ?? this["DURATION"] ?? start;
            return Wrong(end.Line, end.Value, "calendar.import-not-all-day");
        }

        return (this["RRULE"] ?? this["RDATE"]) is { } rule ? Yearly(rule, first, days) : (Once(first, days), null);
    }

    private string Title => HolidayFile.Name(IcsLines.Plain(this["SUMMARY"]?.Value ?? "")) ?? "";

    private List<Holiday> Once(LocalDate first, int days)
    {
        var name = HolidayFile.Names(HolidayFile.Name(Title), null);
        return [.. Enumerable.Range(0, days).Select(day => new Holiday { Date = first.PlusDays(day), Name = name })];
    }

    private (IReadOnlyList<Holiday> Holidays, BadLine? Problem) Yearly(IcsProperty rule, LocalDate first, int days)
    {
        if (
            rule.Name != "RRULE"
            || this["EXDATE"] is not null
            || days > LongestYearly
            || IcsYearlyRule.Read(rule.Value, first) is not { } holiday
        )
        {
            return Wrong(rule.Line, rule.Value, "calendar.import-rule");
        }

        var name = HolidayFile.Names(HolidayFile.Name(Title), null);
        return ([holiday with { DaysAfter = days - 1, Name = name }], null);
    }

    private static LocalDate? DayOf(IcsProperty property)
    {
        var value = property.Value.Trim();
        // Outlook writes whole days as midnights.
        var date = value.EndsWith(Midnight, StringComparison.Ordinal) ? value[..^Midnight.Length] : value;
        return Pattern.Parse(date).TryGetValue(default, out var day) ? day : null;
    }

    private int? DaysFrom(LocalDate first)
    {
        if (this["DTEND"] is { } end)
        {
            return DayOf(end) is { } after ? Math.Max(1, Period.DaysBetween(first, after)) : null;
        }

        return this["DURATION"]?.Value.Trim().TrimStart('+') is { } duration
            ? PeriodPattern.Roundtrip.Parse(duration).TryGetValue(Period.Zero, out var period)
            && !period.HasTimeComponent
                ? Math.Max(1, (period.Weeks * 7) + period.Days)
                : null
            : 1;
    }

    private static (IReadOnlyList<Holiday>, BadLine) Wrong(int at, string text, string code) =>
        ([], HolidayFile.Bad(at, text, code));
}
