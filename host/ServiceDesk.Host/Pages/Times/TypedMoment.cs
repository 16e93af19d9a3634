using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Host.Pages.Times;

/// <summary>A moment as an input of a browser holds it (<c>datetime-local</c>), in a reader's zone.</summary>
public static class TypedMoment
{
    private const int LastYear = 9998;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm"
    );

    // Two days from the ends of what can be reckoned with, so that every zone can write it.
    private static readonly Instant First = Instant.MinValue + Duration.FromDays(2);
    private static readonly Instant Last = Instant.MaxValue - Duration.FromDays(2);

    /// <summary>What the input holds for an instant, to the minute.</summary>
    public static string Write(Instant instant, DateTimeZone zone) =>
        Pattern.Format(Within(instant).InZone(zone).LocalDateTime);

    /// <summary>The instant of what was typed; null when it is none, or lies at the ends of time. A time that the zone leaves out or has twice is taken leniently.</summary>
    public static Instant? Read(string? text, DateTimeZone zone) =>
        Pattern.Parse(text ?? "").TryGetValue(default, out var local) && local.Year is >= 1 and <= LastYear
            ? local.InZoneLeniently(zone).ToInstant()
            : null;

    /// <summary>The instant, or the nearest one that can be written in every zone.</summary>
    public static Instant Within(Instant instant) => Instant.Max(First, Instant.Min(Last, instant));
}
