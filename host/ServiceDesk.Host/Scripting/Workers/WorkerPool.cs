using System.Collections.Concurrent;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>Some workers, each used by one at a time. The one used last is used next, so that others become idle and end.</summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);

    private readonly ConcurrentStack<WorkerProcess> idle = [];
    private readonly ConcurrentDictionary<int, WorkerProcess> all = [];
    private readonly SemaphoreSlim places;
    private readonly Timer sweep;
    private readonly int mostWaiting;
    private readonly long heap;
    private readonly long memory;
    private readonly ScriptMetrics metrics;
    private int waiting;

    public WorkerPool(int size, int mostWaiting, long heap, long memory, ScriptMetrics metrics)
    {
        places = new SemaphoreSlim(size);
        this.mostWaiting = mostWaiting;
        this.heap = heap;
        this.memory = memory;
        this.metrics = metrics;
        sweep = new Timer(_ => _ = EndIdleAsync(), null, IdleLimit, IdleLimit);
    }

    /// <summary>The ids of its processes.</summary>
    public IReadOnlyList<int> Processes => [.. all.Keys];

    /// <summary>Does something with a worker when one is free.</summary>
    /// <param name="work">Says besides its result whether the worker can be used again.</param>
    public async Task<T> UseAsync<T>(
        Func<WorkerProcess, Task<(T Result, bool IsReusable)>> work,
        CancellationToken cancellation
    )
    {
        await EnterAsync(cancellation);
        WorkerProcess? worker = null;
        var isReusable = false;
        try
        {
            worker = await TakeAsync(cancellation);
            var (result, reusable) = await work(worker);
            isReusable = reusable;
            return result;
        }
        finally
        {
            if (worker is not null)
            {
                await GiveBackAsync(worker, isReusable);
            }

            places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        foreach (var worker in all.Values)
        {
            await worker.DisposeAsync();
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            metrics.Refused();
            throw new ScriptsBusyException();
        }

        try
        {
            await places.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task<WorkerProcess> TakeAsync(CancellationToken cancellation)
    {
        while (idle.TryPop(out var known))
        {
            if (!known.HasEnded)
            {
                return known;
            }

            await EndAsync(known);
        }

        var started = await WorkerProcess.StartAsync(heap, memory, cancellation);
        all[started.Id] = started;
        metrics.Started();
        return started;
    }

    private async Task GiveBackAsync(WorkerProcess worker, bool isReusable)
    {
        if (isReusable)
        {
            worker.UsedAt = TimeProvider.System.GetTimestamp();
            idle.Push(worker);
            return;
        }

        metrics.Replaced();
        await EndAsync(worker);
    }

    private async Task EndAsync(WorkerProcess worker)
    {
        all.TryRemove(worker.Id, out _);
        await worker.DisposeAsync();
    }

    private async Task EndIdleAsync()
    {
        var kept = new List<WorkerProcess>();
        while (idle.TryPop(out var worker))
        {
            if (TimeProvider.System.GetElapsedTime(worker.UsedAt) > IdleLimit)
            {
                await EndAsync(worker);
            }
            else
            {
                kept.Add(worker);
            }
        }

        kept.Reverse();
        kept.ForEach(idle.Push);
    }
}
