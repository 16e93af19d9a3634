namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The names of weekdays in documents.</summary>
public static class CalendarWeekdays
{
    /// <summary>In English, from Monday.</summary>
    public static IReadOnlyList<string> Days => WorkingWeek.Names;

    /// <summary>Minutes since midnight of <c>08:00</c>, 1440 for <c>24:00</c>; null for what is no time of day.</summary>
    public static int? MinuteOf(string? time) =>
        WorkingWeek.TryReadTime(time) is { } nanos ? (int)(nanos / NodaTime.NodaConstants.NanosecondsPerMinute) : null;
}
