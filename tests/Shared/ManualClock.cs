using NodaTime;

namespace ServiceDesk.Tests.Shared;

/// <summary>The wall clock of <see cref="ManualTime"/>: both are moved by one hand.</summary>
public sealed class ManualClock(ManualTime time) : IClock
{
    public Instant GetCurrentInstant() => time.Wall;
}

/// <summary>Time that stands still until it is moved. Waits and timers that are made with it end when it passes their instant.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private long monotonic;

    /// <summary>What clocks on the wall show.</summary>
    public Instant Wall { get; private set; } = Instant.FromUtc(2026, 3, 2, 9, 0);

    public override long TimestampFrequency => NodaConstants.TicksPerSecond;

    /// <summary>How many waits are under way.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => Wall.ToDateTimeOffset();

    public override long GetTimestamp() => Volatile.Read(ref monotonic);

    /// <summary>Lets time pass.</summary>
    public void Advance(Duration by)
    {
        var until = monotonic + by.BclCompatibleTicks;
        while (NextDue(until) is { } timer)
        {
            Pass(timer.DueAt - monotonic);
            timer.Fire();
        }

        Pass(until - monotonic);
    }

    /// <summary>Sets the clock on the wall, as an administrator or a time server does. No time passes.</summary>
    public void SetWall(Duration by) => Wall += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Pass(long ticks)
    {
        if (ticks > 0)
        {
            Wall += Duration.FromTicks(ticks);
            Volatile.Write(ref monotonic, monotonic + ticks);
        }
    }

    private ManualTimer? NextDue(long until)
    {
        lock (gate)
        {
            return timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public long DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                period = newPeriod;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = time.monotonic + dueTime.Ticks;
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Fire()
        {
            lock (time.gate)
            {
                if (!time.timers.Contains(this))
                {
                    return;
                }

                if (period == Timeout.InfiniteTimeSpan || period <= TimeSpan.Zero)
                {
                    time.timers.Remove(this);
                }
                else
                {
                    DueAt += period.Ticks;
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
