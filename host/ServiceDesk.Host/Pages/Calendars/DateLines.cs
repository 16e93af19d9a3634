using NodaTime.Text;
using ServiceDesk.Host.Intake.Holidays;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>Holidays that are a date and a name, one a line, as a table of comma-separated values: <c>2026-06-03, Local elections, 전국동시지방선거일</c>.</summary>
internal static class DateLines
{
    /// <summary>Whether a line tells all of a holiday.</summary>
    public static bool Has(Holiday holiday) =>
        holiday.Date is not null
        && holiday == new Holiday { Date = holiday.Date, Name = holiday.Name }
        && (holiday.Name?.Texts.Keys.All(language => language is "en" or "ko") ?? true);

    /// <summary>Writes holidays.</summary>
    public static string Write(IEnumerable<Holiday> holidays) =>
        string.Join(
            '\n',
            holidays.Select(holiday =>
                string.Join(
                        ", ",
                        new[]
                        {
                            LocalDatePattern.Iso.Format(holiday.Date!.Value),
                            Cell(holiday.Name?.Texts.Find("en")),
                            Cell(holiday.Name?.Texts.Find("ko")),
                        }
                    )
                    .TrimEnd(',', ' ')
            )
        );

    /// <summary>Reads lines.</summary>
    public static HolidayReading Read(string text) =>
        string.IsNullOrWhiteSpace(text) ? new HolidayReading([], []) : CsvHolidays.Read(text);

    private static string Cell(string? name) =>
        name is null ? ""
        : name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
