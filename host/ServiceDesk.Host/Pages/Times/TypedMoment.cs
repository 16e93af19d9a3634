using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Host.Pages.Times;

/// <summary>A moment as an input of a browser holds it (<c>datetime-local</c>), in a reader's zone.</summary>
public static class TypedMoment
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm"
    );

    /// <summary>What the input holds for an instant, to the minute.</summary>
    public static string Write(Instant instant, DateTimeZone zone) =>
        Pattern.Format(instant.InZone(zone).LocalDateTime);

    /// <summary>The instant of what was typed; null when it is none. A time that the zone leaves out or has twice is taken leniently.</summary>
    public static Instant? Read(string? text, DateTimeZone zone) =>
        Pattern.Parse(text ?? "").TryGetValue(default, out var local) ? local.InZoneLeniently(zone).ToInstant() : null;
}
