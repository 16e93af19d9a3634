using NodaTime;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// The server's one source of time, moved by hand: it stands still until a test moves it, and every wait of the server that
/// has then ended goes on. Safe for use by many threads.
/// </summary>
public sealed class ManualClock : TimeProvider, IClock
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private Instant now;

    /// <summary>A clock that shows the given instant; without one 2 March 2026, a Monday, 09:00 UTC.</summary>
    public ManualClock(Instant? start = null) => now = start ?? Instant.FromUtc(2026, 3, 2, 9, 0);

    /// <inheritdoc/>
    public override long TimestampFrequency => NodaConstants.TicksPerSecond;

    /// <inheritdoc/>
    public Instant GetCurrentInstant()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => GetCurrentInstant().ToDateTimeOffset();

    /// <inheritdoc/>
    public override long GetTimestamp() => GetCurrentInstant().ToUnixTimeTicks();

    /// <summary>Moves on at one stroke, then ends every wait that was due up to there, in order and each once, as for a machine that slept.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(Duration by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, Duration.Zero);
        List<ManualTimer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(timer => timer.DueAt <= now).OrderBy(timer => timer.DueAt)];
            foreach (var timer in due)
            {
                timer.Schedule(now);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves on to an instant.</summary>
    public void AdvanceTo(Instant instant) => Advance(instant - GetCurrentInstant());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private Duration? period;

        public Instant? DueAt { get; private set; }

        public void Fire() => callback(state);

        /// <summary>After it was due: the next time, or never. Called under the clock's lock.</summary>
        public void Schedule(Instant from)
        {
            DueAt = period is { } every ? from + every : null;
            if (DueAt is null)
            {
                clock.timers.Remove(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                period =
                    newPeriod > TimeSpan.Zero && newPeriod != Timeout.InfiniteTimeSpan
                        ? Duration.FromTimeSpan(newPeriod)
                        : null;
                clock.timers.Remove(this);
                DueAt = null;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = clock.now + Duration.FromTimeSpan(dueTime);
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
