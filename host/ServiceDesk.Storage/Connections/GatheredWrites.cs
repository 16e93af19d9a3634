using System.Threading.Channels;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Connections;

/// <summary>
/// Writes together what waits at the same moment, so that it shares one transaction and one sync to disk. While one
/// transaction runs, the next gathers.
/// </summary>
/// <typeparam name="TWork">What is to be written.</typeparam>
/// <typeparam name="TOutcome">How it went.</typeparam>
internal sealed class GatheredWrites<TWork, TOutcome> : IAsyncDisposable
{
    private const int MostMembers = 64;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Func<IReadOnlyList<TWork>, Task<IReadOnlyList<TOutcome>>> write;
    private readonly Func<Exception, bool> isOnesOwn;
    private readonly Func<TWork, int> bytes;
    private readonly Channel<Waiting> queue = System.Threading.Channels.Channel.CreateUnbounded<Waiting>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task loop;

    /// <param name="write">Writes all of them, or throws and has written nothing; answers in their order.</param>
    /// <param name="isOnesOwn">Whether what was thrown is the fault of one of them, so that the others may be tried without it.</param>
    /// <param name="bytes">About how large one is.</param>
    public GatheredWrites(
        Func<IReadOnlyList<TWork>, Task<IReadOnlyList<TOutcome>>> write,
        Func<Exception, bool> isOnesOwn,
        Func<TWork, int> bytes
    )
    {
        (this.write, this.isOnesOwn, this.bytes) = (write, isOnesOwn, bytes);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Waits until it is durable, or known not to be written.</summary>
    /// <param name="cancellation">Is asked before it is written, not afterwards.</param>
    /// <exception cref="StorageUnavailableException">The database could not be reached or did not take it.</exception>
    public async Task<TOutcome> WriteAsync(TWork work, CancellationToken cancellation)
    {
        var waiting = new Waiting(work, cancellation);
        return queue.Writer.TryWrite(waiting)
            ? await waiting.Outcome.Task
            : throw new StorageUnavailableException("The store is closed.");
    }

    /// <summary>Writes what waits, then ends. Can be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        while (await queue.Reader.WaitToReadAsync())
        {
            var size = 0;
            while (batch.Count < MostMembers && size < MostBytes && queue.Reader.TryRead(out var next))
            {
                if (next.Cancellation.IsCancellationRequested)
                {
                    next.Outcome.TrySetCanceled(next.Cancellation);
                    continue;
                }

                batch.Add(next);
                size += bytes(next.Work);
            }

            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var outcomes = await write([.. batch.Select(member => member.Work)]);
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Outcome.TrySetResult(outcomes[index]);
            }
        }
        catch (Exception error) when (batch.Count > 1 && isOnesOwn(error))
        {
            // One of them is at fault, and nothing was written: each gets its own transaction and its own answer.
            foreach (var member in batch)
            {
                await WriteAsync([member]);
            }
        }
        catch (Exception error)
        {
            foreach (var member in batch)
            {
                member.Outcome.TrySetException(error as StorageUnavailableException ?? Database.Unavailable(error));
            }
        }
    }

    private sealed class Waiting(TWork work, CancellationToken cancellation)
    {
        public TWork Work { get; } = work;

        public CancellationToken Cancellation { get; } = cancellation;

        public TaskCompletionSource<TOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
