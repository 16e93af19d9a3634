using NodaTime;
using NodaTime.TimeZones;

namespace ServiceDesk.Host.Pages.Times;

/// <summary>Time zones to choose from.</summary>
public static class ZoneChoices
{
    /// <summary>The zones where people live, by name, with their distance from UTC at an instant; and one that was chosen already, wherever that is.</summary>
    public static IReadOnlyList<(string Id, string Name)> Of(string own, Instant at) =>
        [
            .. (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
                .Select(location => location.ZoneId)
                .Append("UTC")
                .Append(own)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id =>
                    (id, $"{id.Replace('_', ' ')} (UTC{DateTimeZoneProviders.Tzdb[id].GetUtcOffset(at):+HH:mm})")
                ),
        ];
}
