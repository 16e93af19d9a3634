using System.Threading.Channels;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Connections;

/// <summary>
/// Does together what waits at the same moment: writes share one transaction and one sync to disk, reads one statement. While
/// one round runs, the next gathers; who comes alone waits for nobody.
/// </summary>
/// <typeparam name="TWork">What is to be written, or read.</typeparam>
/// <typeparam name="TOutcome">How it went, or what was found.</typeparam>
internal sealed class Gathered<TWork, TOutcome> : IAsyncDisposable
{
    private const int MostMembers = 64;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Func<IReadOnlyList<TWork>, Task<IReadOnlyList<TOutcome>>> work;
    private readonly Func<Exception, bool> isOnesOwn;
    private readonly Func<TWork, int> bytes;
    private readonly Channel<Waiting> queue = System.Threading.Channels.Channel.CreateUnbounded<Waiting>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task loop;

    /// <param name="work">Does all of them, or throws and has done nothing; answers in their order.</param>
    /// <param name="isOnesOwn">Whether what was thrown is the fault of one of them, so that the others may be tried without it.</param>
    /// <param name="bytes">About how large one is.</param>
    public Gathered(
        Func<IReadOnlyList<TWork>, Task<IReadOnlyList<TOutcome>>> work,
        Func<Exception, bool> isOnesOwn,
        Func<TWork, int> bytes
    )
    {
        (this.work, this.isOnesOwn, this.bytes) = (work, isOnesOwn, bytes);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Waits until it is done, or known not to be done.</summary>
    /// <param name="cancellation">Is asked before it is begun, not afterwards.</param>
    /// <exception cref="StorageUnavailableException">The database could not be reached or did not take it.</exception>
    public async Task<TOutcome> DoAsync(TWork one, CancellationToken cancellation)
    {
        var waiting = new Waiting(one, cancellation);
        return queue.Writer.TryWrite(waiting)
            ? await waiting.Outcome.Task
            : throw new StorageUnavailableException("The store is closed.");
    }

    /// <summary>Does what waits, then ends. Can be repeated.</summary>
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

            await DoAsync(batch);
            batch.Clear();
        }
    }

    private async Task DoAsync(List<Waiting> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var outcomes = await work([.. batch.Select(member => member.Work)]);
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Outcome.TrySetResult(outcomes[index]);
            }
        }
        catch (Exception error) when (batch.Count > 1 && isOnesOwn(error))
        {
            // One of them is at fault, and nothing was done: each gets its own round and its own answer.
            foreach (var member in batch)
            {
                await DoAsync([member]);
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
