using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

/// <summary>Calendars that tests share.</summary>
internal static class CalendarSamples
{
    public static readonly string[] Days =
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];

    /// <summary>Monday to Friday 09:00 to 18:00.</summary>
    public static CalendarDocument Office(string zone = "Asia/Seoul", params Holiday[] holidays) =>
        Of(zone, Days[..5].ToDictionary(day => day, _ => new[] { ("09:00", "18:00") }), holidays);

    public static CalendarDocument AllTime(string zone = "Etc/UTC", params Holiday[] holidays) =>
        Of(zone, Days.ToDictionary(day => day, _ => new[] { ("00:00", "24:00") }), holidays);

    public static CalendarDocument Of(
        string zone,
        IReadOnlyDictionary<string, (string From, string To)[]> hours,
        params Holiday[] holidays
    ) =>
        new()
        {
            Id = "sample",
            Name = LocalizedText.Of("Sample"),
            Zone = zone,
            Hours = ValueMap<ValueList<WorkSpan>>.From(
                hours.Select(day =>
                    KeyValuePair.Create(
                        day.Key,
                        day.Value.Select(span => new WorkSpan(span.From, span.To)).ToValueList()
                    )
                )
            ),
            Holidays = holidays.ToValueList(),
        };

    public static Holiday On(int year, int month, int day, string? name = null) =>
        new() { Date = new LocalDate(year, month, day), Name = name is null ? null : LocalizedText.Of(name) };

    public static Holiday EachYear(int month, int day, string? name = null) =>
        new()
        {
            Month = month,
            Day = day,
            Yearly = true,
            Name = name is null ? null : LocalizedText.Of(name),
        };

    /// <summary>The instant at which the wall clock of a zone shows a time, <c>2026-11-23 09:00</c>.</summary>
    public static Instant At(string local, string zone = "Asia/Seoul") =>
        NodaTime
            .Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm")
            .Parse(local)
            .Value.InZoneStrictly(DateTimeZoneProviders.Tzdb[zone])
            .ToInstant();
}
