using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>Watches a worker while it runs something, and ends it when it passes what no engine limit holds: native functions that run for ever or fill the memory.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource killed = new();
    private readonly Task watching;

    public Watch(WorkerProcess worker, TimeSpan time, long memory)
    {
        watching = WatchAsync(worker, time, memory);
    }

    /// <summary>Why it was ended; null when it was not.</summary>
    public ScriptEnd? Reason { get; private set; }

    /// <summary>Cancelled when the worker was ended, so that what it waits for ends too.</summary>
    public CancellationToken Killed => killed.Token;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        ended.Dispose();
        killed.Dispose();
    }

    // By real time: the worker is a real process, whatever clock the product has.
    private async Task WatchAsync(WorkerProcess worker, TimeSpan time, long memory)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            using var timer = new PeriodicTimer(Between);
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                if (TimeProvider.System.GetElapsedTime(started) > time)
                {
                    Reason = ScriptEnd.Time;
                }
                else if (worker.Memory > memory)
                {
                    Reason = ScriptEnd.Memory;
                }

                if (Reason is not null)
                {
                    worker.Kill();
                    await killed.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It ended in time.
        }
    }
}
