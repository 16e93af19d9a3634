using NodaTime;
using NodaTime.Text;

namespace ServiceDesk.Changes.Planning;

/// <summary>A time in which nothing may be changed.</summary>
/// <param name="Start">Its first instant.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="Name">Why.</param>
public sealed record FreezeWindow(Instant Start, Instant End, string Name)
{
    /// <summary>Whether the freeze and a window have an instant in common.</summary>
    public bool Overlaps(PlannedWindow window) => window.Overlaps(Start, End);
}

/// <summary>
/// Reads freezes from the settings: <c>FROM/TO NAME</c>, several with semicolons between them. From and to are dates
/// (<c>2026-12-24</c>, the last one included) or local times (<c>2026-12-24T18:00</c>).
/// </summary>
public static class FreezeWindows
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd'T'HH':'mm"
    );

    /// <summary>The freezes of the settings, in order of their start. What cannot be read is left out; <see cref="Wrong"/> tells it before it is saved.</summary>
    public static IReadOnlyList<FreezeWindow> Of(ChangeSettings settings)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Zone) ?? DateTimeZone.Utc;
        return
        [
            .. Parts(settings.Freezes)
                .Select(part => Read(part, zone))
                .OfType<FreezeWindow>()
                .OrderBy(freeze => freeze.Start),
        ];
    }

    /// <summary>The parts that cannot be read.</summary>
    public static IEnumerable<string> Wrong(string? text) =>
        Parts(text).Where(part => Read(part, DateTimeZone.Utc) is null);

    private static string[] Parts(string? text) =>
        (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static FreezeWindow? Read(string part, DateTimeZone zone)
    {
        var space = part.IndexOf(' ', StringComparison.Ordinal);
        var (span, name) = space < 0 ? (part, "") : (part[..space], part[space..].Trim());
        var ends = span.Split('/');
        if (ends.Length != 2 || At(ends[0], isEnd: false) is not { } from || At(ends[1], isEnd: true) is not { } to)
        {
            return null;
        }

        var freeze = new FreezeWindow(zone.AtLeniently(from).ToInstant(), zone.AtLeniently(to).ToInstant(), name);
        return freeze.Start < freeze.End ? freeze : null;
    }

    private static LocalDateTime? At(string text, bool isEnd)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date)
        {
            return (isEnd ? date.Value.PlusDays(1) : date.Value).AtMidnight();
        }

        return Time.Parse(text) is { Success: true } time ? time.Value : null;
    }
}
