using System.Data.Common;
using System.Threading.Channels;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// Writes the commits that wait at the same moment in one transaction, so that they share one sync to disk. One loop for the
/// process: on every database the log's head lets only one transaction at a time through anyway.
/// </summary>
internal sealed class Committer : IAsyncDisposable
{
    private const int MostMembers = 64;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Database database;
    private readonly Channel<Waiting> queue = System.Threading.Channels.Channel.CreateUnbounded<Waiting>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task loop;

    public Committer(Database database)
    {
        this.database = database;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Waits until the commit is durable, or known not to be made.</summary>
    public async Task<CommitOutcome> CommitAsync(PreparedCommit commit, CancellationToken cancellation)
    {
        var waiting = new Waiting(commit, cancellation);
        return queue.Writer.TryWrite(waiting)
            ? await waiting.Outcome.Task
            : throw new StorageUnavailableException("The store is closed.");
    }

    /// <summary>Writes what waits, then ends.</summary>
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
            var bytes = 0;
            while (batch.Count < MostMembers && bytes < MostBytes && queue.Reader.TryRead(out var next))
            {
                if (next.Cancellation.IsCancellationRequested)
                {
                    next.Outcome.TrySetCanceled(next.Cancellation);
                    continue;
                }

                batch.Add(next);
                bytes += next.Commit.Bytes;
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
            var outcomes = await RunAsync(batch);
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Outcome.TrySetResult(outcomes[index]);
            }
        }
        catch (Exception error) when (batch.Count > 1 && IsOnesOwn(error))
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
                member.Outcome.TrySetException(Database.Unavailable(error));
            }
        }
    }

    private async Task<CommitOutcome[]> RunAsync(List<Waiting> batch)
    {
        await using var turn = await database.Gate.EnterAsync(CancellationToken.None);
        try
        {
            return await new CommitBatch(database.Dialect, [.. batch.Select(member => member.Commit)]).RunAsync(turn);
        }
        catch (Exception error) when (!IsOnesOwn(error))
        {
            turn.IsBroken = true;
            throw;
        }
    }

    private bool IsOnesOwn(Exception error) =>
        error switch
        {
            DbException fault => database.Dialect.IsFaultOfData(fault),
            CommitUnknownException or IOException or TimeoutException or StorageUnavailableException => false,
            _ => true,
        };

    private sealed class Waiting(PreparedCommit commit, CancellationToken cancellation)
    {
        public PreparedCommit Commit { get; } = commit;

        public CancellationToken Cancellation { get; } = cancellation;

        public TaskCompletionSource<CommitOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
