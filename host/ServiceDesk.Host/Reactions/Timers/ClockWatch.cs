using NodaTime;

namespace ServiceDesk.Host.Reactions.Timers;

/// <summary>Compares the wall clock with the monotonic one, and so sees when somebody has set it.</summary>
public sealed class ClockWatch(IClock clock, TimeProvider time)
{
    private static readonly Duration Tolerance = Duration.FromMinutes(5);
    private Instant wall = clock.GetCurrentInstant();
    private long monotonic = time.GetTimestamp();

    /// <summary>How far the clock was set since the last call (back is negative); null when it only went on.</summary>
    public Duration? Jump()
    {
        var (now, ticks) = (clock.GetCurrentInstant(), time.GetTimestamp());
        var jump = now - wall - Duration.FromTimeSpan(time.GetElapsedTime(monotonic, ticks));
        (wall, monotonic) = (now, ticks);
        return jump > Tolerance || jump < -Tolerance ? jump : null;
    }
}
