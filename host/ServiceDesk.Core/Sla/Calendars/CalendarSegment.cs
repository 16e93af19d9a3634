using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>What a calendar says of a span of time.</summary>
public enum CalendarSegmentKind
{
    /// <summary>It counts.</summary>
    Working = 1,

    /// <summary>Outside the hours of the week.</summary>
    OutsideHours = 2,

    /// <summary>A holiday on a day that has hours.</summary>
    Holiday = 3,

    /// <summary>The weekday has hours then, but this day has others.</summary>
    Exception = 4,
}

/// <summary>A span in which the calendar says the same.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end; the next segment begins here.</param>
/// <param name="Kind">What the calendar says.</param>
/// <param name="HolidayName">What is celebrated, or why the day has other hours; null when it counts, and when there is no name.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer into its document, <c>/hours/monday/0</c>; of its begin. Null outside hours, and when all time counts.</param>
public sealed record CalendarSegment(
    Instant From,
    Instant To,
    CalendarSegmentKind Kind,
    LocalizedText? HolidayName = null,
    string? Line = null
)
{
    /// <summary>Working time in it.</summary>
    public Duration Working => Kind == CalendarSegmentKind.Working ? To - From : Duration.Zero;
}
