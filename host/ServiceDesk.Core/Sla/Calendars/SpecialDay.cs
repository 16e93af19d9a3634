using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Why a day is not as its weekday.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer.</param>
/// <param name="IsException">Whether it has other hours; a holiday has none.</param>
/// <param name="IsSubstitute">Whether it is free in place of another holiday.</param>
/// <param name="Own">The hours up to midnight, of an exception.</param>
/// <param name="Overflow">The hours after midnight, on the next day.</param>
internal sealed record DayCause(
    LocalizedText? Name,
    string Line,
    bool IsException,
    bool IsSubstitute,
    DaySpan[] Own,
    DaySpan[] Overflow
)
{
    public static DayCause Of(HolidayDay holiday) =>
        new(holiday.Name, holiday.Line, false, holiday.IsSubstitute, [], []);
}

/// <summary>A day that is not as its weekday: it, or the day before whose hours reach into it, has a cause.</summary>
/// <param name="Day">The day.</param>
/// <param name="Spans">Its hours.</param>
/// <param name="Change">How many nanoseconds more it has than its weekday.</param>
/// <param name="Cause">Its own cause.</param>
/// <param name="Before">The cause of the day before.</param>
internal sealed record SpecialDay(int Day, DaySpan[] Spans, long Change, DayCause? Cause, DayCause? Before);
