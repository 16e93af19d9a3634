using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>Days in a zone; both ends belong to it.</summary>
public sealed record DaySpan(LocalDate First, LocalDate Last, DateTimeZone Zone)
{
    /// <summary>Most days.</summary>
    public const int MostDays = 1100;

    // A midnight that the zone skips, or a whole day, begins with what comes after it; one that it has twice, with the first.
    private static readonly ZoneLocalMappingResolver Begins = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier,
        Resolvers.ReturnStartOfIntervalAfter
    );

    /// <summary>The first instant.</summary>
    public Instant From => Begin(First);

    /// <summary>The first instant behind it.</summary>
    public Instant To => Begin(Last.PlusDays(1));

    /// <summary>How many days.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>The days that are asked for; null when what was given is none.</summary>
    /// <param name="from">The first day, ISO 8601; null or empty goes back from the last.</param>
    /// <param name="to">The last day; null or empty is today.</param>
    /// <param name="days">How many days where no first is given.</param>
    public static DaySpan? Of(string? from, string? to, int days, DateTimeZone zone, Instant now)
    {
        if (!Reads(to, now.InZone(zone).Date, out var last) || !Reads(from, last.PlusDays(1 - days), out var first))
        {
            return null;
        }

        var span = new DaySpan(first, last, zone);
        return first <= last && first.Year >= 1980 && last.Year <= 2200 && span.Days <= MostDays ? span : null;
    }

    /// <summary>A month, <c>2026-11</c>; null or empty is the one before this one.</summary>
    public static DaySpan? OfMonth(string? month, DateTimeZone zone, Instant now)
    {
        var first = now.InZone(zone).Date.PlusMonths(-1).With(DateAdjusters.StartOfMonth);
        if (!string.IsNullOrEmpty(month))
        {
            var read = LocalDatePattern.Iso.Parse(month + "-01");
            if (!read.TryGetValue(default, out first) || first.Year is < 1980 or > 2200)
            {
                return null;
            }
        }

        return new DaySpan(first, first.With(DateAdjusters.EndOfMonth), zone);
    }

    private Instant Begin(LocalDate day) => Zone.ResolveLocal(day.AtMidnight(), Begins).ToInstant();

    private static bool Reads(string? text, LocalDate otherwise, out LocalDate day)
    {
        day = otherwise;
        return string.IsNullOrEmpty(text) || LocalDatePattern.Iso.Parse(text).TryGetValue(default, out day);
    }
}
