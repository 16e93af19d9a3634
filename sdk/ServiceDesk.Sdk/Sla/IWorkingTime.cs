using NodaTime;

namespace ServiceDesk.Sdk.Sla;

/// <summary>Counts time and writes it as people do. Safe for use by many threads.</summary>
public interface IWorkingTime
{
    /// <summary>Working time from one instant to another on a calendar in its current version; zero when the second is not later.</summary>
    /// <param name="calendar">The calendar's id; null, or one that does not exist, counts all time.</param>
    /// <param name="from">The begin.</param>
    /// <param name="to">The end.</param>
    Duration Between(string? calendar, Instant from, Instant to);

    /// <summary>A duration in words of the current request's language: <c>1d 4h</c>, <c>1일 4시간</c>.</summary>
    /// <param name="duration">What to write.</param>
    /// <param name="calendar">The calendar that it was counted on, where hours are the largest unit; null writes days of 24 hours.</param>
    string Write(Duration duration, string? calendar);
}
