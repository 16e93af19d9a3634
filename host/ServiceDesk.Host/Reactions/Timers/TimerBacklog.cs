namespace ServiceDesk.Host.Reactions.Timers;

/// <summary>
/// Whether more timers are due than are claimed at once, as after a stop of the server. What only follows from events goes
/// slower meanwhile, so that what fell due is recorded first; it goes on all the same, so that nothing waits for ever.
/// </summary>
public sealed class TimerBacklog(TimeProvider time)
{
    /// <summary>How long a batch waits at most.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private TaskCompletionSource? ended;

    /// <summary>Many are due.</summary>
    public void Begin() => ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>They are worked off, or cannot be now.</summary>
    public void End() => Interlocked.Exchange(ref ended, null)?.SetResult();

    /// <summary>Lets timers go first: returns at once when few are due, otherwise when they are worked off or after <see cref="LongestWait"/>.</summary>
    public async Task YieldAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref ended) is not { } many)
        {
            return;
        }

        try
        {
            await many.Task.WaitAsync(LongestWait, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Its turn has come.
        }
    }
}
