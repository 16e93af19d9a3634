using System.Text.Json;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Holidays that many calendars share, in an edition that never changes once it is released.</summary>
/// <param name="Id">Its id, such as <c>kr</c>.</param>
/// <param name="Edition">From 1.</param>
/// <param name="Name">What people read.</param>
/// <param name="FromYear">The first year for which it is right.</param>
/// <param name="UntilYear">The last year for which it is complete.</param>
/// <param name="Holidays">Its days, in the same words as those of a calendar; their substitutes look at these days alone.</param>
public sealed record HolidaySet(
    string Id,
    int Edition,
    LocalizedText Name,
    int FromYear,
    int UntilYear,
    ValueList<Holiday> Holidays
);

/// <summary>
/// The sets of holidays that come with the product. Each edition is a file that stays as it is: a clock pins a version of its
/// calendar, which names the edition, so that a later law or a correction never rewrites what was counted.
/// </summary>
public static class HolidaySets
{
    private const string Folder = "sets/";

    private static readonly HolidaySet[] Known =
    [
        .. typeof(HolidaySets)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(Read)
            .OrderBy(set => set.Id, StringComparer.Ordinal)
            .ThenBy(set => set.Edition),
    ];

    /// <summary>All editions of all sets, by id, oldest first.</summary>
    public static IReadOnlyList<HolidaySet> All => Known;

    /// <summary>The newest edition of each set.</summary>
    public static IEnumerable<HolidaySet> Newest =>
        Known.GroupBy(set => set.Id, StringComparer.Ordinal).Select(editions => editions.Last());

    /// <summary>A set in an edition; null when there is none.</summary>
    public static HolidaySet? Find(HolidaySetReference reference) =>
        Array.Find(Known, set => set.Id == reference.Set && set.Edition == reference.Edition);

    private static HolidaySet Read(string resource)
    {
        using var stream = typeof(HolidaySets).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<HolidaySet>(stream, ServiceDeskJson.Stored)!;
    }
}
