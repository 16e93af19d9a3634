using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Core.Sla;

/// <summary>What a clock shows at an instant, for chips, lists and the API.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="Status">Running, paused or stopped.</param>
/// <param name="Verdict">What became of the promise by the instant.</param>
/// <param name="Target">Working time that the goal allows.</param>
/// <param name="Elapsed">Working time counted so far.</param>
/// <param name="Remaining">Working time left; negative once the target was passed.</param>
/// <param name="DueAt">When the target is or was reached; null while paused before it and after a stop within it.</param>
/// <param name="CountsFrom">When a running clock that stands outside its hours counts again; null when it counts now or does not run.</param>
/// <param name="IsRoundTheClock">Whether its calendar counts all time, so that days of the durations have 24 hours.</param>
public sealed record ClockReading(
    string Metric,
    int Cycle,
    ClockStatus Status,
    ClockVerdict Verdict,
    Duration Target,
    Duration Elapsed,
    Duration Remaining,
    Instant? DueAt,
    Instant? CountsFrom,
    bool IsRoundTheClock
)
{
    /// <summary>How durations of this clock are written.</summary>
    public DurationDays Days => IsRoundTheClock ? DurationDays.Of24Hours : DurationDays.None;

    /// <summary>Reads a clock. <paramref name="now"/> is not before the clock's last change.</summary>
    public static ClockReading Of(SlaClock clock, Instant now, IConfiguration configuration)
    {
        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        var seen = clock.See(now);
        var elapsed = seen.ElapsedAt(calendar, now);
        var isIdle = seen.Status == ClockStatus.Running && !calendar.IsWorking(now);
        return new ClockReading(
            seen.Metric,
            seen.Cycle,
            seen.Status,
            seen.Verdict,
            seen.Target,
            elapsed,
            seen.Target - elapsed,
            seen.DueAt,
            isIdle ? calendar.NextWorking(now) : null,
            calendar.IsRoundTheClock
        );
    }
}
