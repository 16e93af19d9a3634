using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Figures;

/// <summary>A stretch of the period for which there is one figure.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant behind it.</param>
public sealed record Bucket(LocalDate First, LocalDate Last, Instant From, Instant To);

/// <summary>The days that a report shows, in its zone. Both ends belong to it.</summary>
public sealed record ReportSpan(LocalDate First, LocalDate Last, DateTimeZone Zone)
{
    // A midnight that the zone skips, or a whole day, begins with what comes after it; one that it has twice, with the first.
    private static readonly ZoneLocalMappingResolver Begins = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier,
        Resolvers.ReturnStartOfIntervalAfter
    );

    /// <summary>Most days.</summary>
    public const int MostDays = 1100;

    /// <summary>The first instant.</summary>
    public Instant From => Begin(First);

    /// <summary>The first instant behind it.</summary>
    public Instant To => Begin(Last.PlusDays(1));

    /// <summary>How many days.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>The span that is asked for; null when what was given is no span: not dates, in the wrong order, or too long.</summary>
    /// <param name="from">The first day, ISO 8601; null or empty goes back from the last as far as the report says.</param>
    /// <param name="to">The last day; null or empty is today.</param>
    /// <param name="days">How many days where no first is given.</param>
    /// <param name="zone">Where days begin.</param>
    /// <param name="now">The instant whose day is today.</param>
    public static ReportSpan? Of(string? from, string? to, int days, DateTimeZone zone, Instant now)
    {
        if (!Reads(to, now.InZone(zone).Date, out var last) || !Reads(from, last.PlusDays(1 - days), out var first))
        {
            return null;
        }

        var span = new ReportSpan(first, last, zone);
        return first <= last && first.Year >= 1980 && last.Year <= 2200 && span.Days <= MostDays ? span : null;
    }

    /// <summary>Its parts in order, the first and last cut off at its ends.</summary>
    public IReadOnlyList<Bucket> Buckets(ReportStep step)
    {
        var buckets = new List<Bucket>();
        for (var first = First; first <= Last; )
        {
            var end = LocalDate.Min(EndOf(first, step), Last);
            buckets.Add(new Bucket(first, end, Begin(first), Begin(end.PlusDays(1))));
            first = end.PlusDays(1);
        }

        return buckets;
    }

    private Instant Begin(LocalDate day) => Zone.ResolveLocal(day.AtMidnight(), Begins).ToInstant();

    private LocalDate EndOf(LocalDate day, ReportStep step) =>
        step switch
        {
            ReportStep.Week => day.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Sunday)),
            ReportStep.Month => day.With(DateAdjusters.EndOfMonth),
            ReportStep.Whole => Last,
            _ => day,
        };

    private static bool Reads(string? text, LocalDate otherwise, out LocalDate day)
    {
        day = otherwise;
        return string.IsNullOrEmpty(text) || LocalDatePattern.Iso.Parse(text).TryGetValue(default, out day);
    }
}
