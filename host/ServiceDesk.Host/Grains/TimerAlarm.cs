using NodaTime;

namespace ServiceDesk.Host.Grains;

/// <summary>Wakes the sweeper for a timer that is due before what it waits for.</summary>
public sealed class TimerAlarm(TimeProvider time)
{
    private readonly Lock gate = new();
    private Instant waitingFor = Instant.MinValue;
    private TaskCompletionSource ring = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A timer was derived.</summary>
    public void Notice(Instant due)
    {
        lock (gate)
        {
            if (due < waitingFor)
            {
                ring.TrySetResult();
            }
        }
    }

    /// <summary>From now on an earlier timer than <paramref name="next"/> rings. Call it before asking the database what is next due.</summary>
    public Wake Arm(Instant next)
    {
        lock (gate)
        {
            waitingFor = next;
            ring = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new Wake(ring.Task, time);
        }
    }

    /// <summary>The next ring.</summary>
    public sealed class Wake(Task ring, TimeProvider time)
    {
        /// <summary>Ends with the ring, or after <paramref name="atMost"/>.</summary>
        public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
        {
            try
            {
                await ring.WaitAsync(atMost, time, cancellation);
            }
            catch (TimeoutException)
            {
                // What was waited for is due now.
            }
        }
    }
}
