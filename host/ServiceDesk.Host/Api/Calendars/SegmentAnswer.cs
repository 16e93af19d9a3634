using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A span in which the calendar says the same.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Kind">Whether it counts, and why not.</param>
/// <param name="Working">Working time in it.</param>
/// <param name="Holiday">The holiday's name, or why the day has other hours, by language.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer into its document; of its begin. Null outside hours, and when all time counts.</param>
public sealed record SegmentAnswer(
    Instant From,
    Instant To,
    CalendarSegmentKind Kind,
    Duration Working,
    LocalizedText? Holiday,
    string? Line = null
)
{
    private const int Most = 10_000;

    /// <summary>The first segments of a span, and whether there are more.</summary>
    internal static (IReadOnlyList<SegmentAnswer> Segments, bool IsCut) Of(
        WorkingCalendar calendar,
        Instant from,
        Instant to
    )
    {
        var segments = calendar.Segments(from, to).Take(Most + 1).Select(Of).ToList();
        var isCut = segments.Count > Most;
        return (isCut ? segments[..Most] : segments, isCut);
    }

    private static SegmentAnswer Of(CalendarSegment segment) =>
        new(segment.From, segment.To, segment.Kind, segment.Working, segment.HolidayName, segment.Line);
}
