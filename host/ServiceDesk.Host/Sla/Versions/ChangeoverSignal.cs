namespace ServiceDesk.Host.Sla.Versions;

/// <summary>Wakes who brings new versions to running clocks.</summary>
public sealed class ChangeoverSignal : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    /// <summary>There is something to do.</summary>
    public void Ring()
    {
        lock (rung)
        {
            if (rung.CurrentCount == 0)
            {
                rung.Release();
            }
        }
    }

    /// <summary>Waits for a ring, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ring = rung.WaitAsync(either.Token);
        await Task.WhenAny(ring, Task.Delay(most, time, either.Token));
        await either.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => rung.Dispose();
}
