using System.Collections.Concurrent;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>
/// Tries parked events of one reaction again, a few at a time, beside the reading of the log; and settles calls that a batch
/// left running. Of one ticket there is at most one at a time, its earliest.
/// </summary>
internal sealed class RetryLane(PumpedReaction reaction, ReactionReaderFactory parts)
{
    private const int Parallel = 8;

    // By position: what runs now, and so must not be started again.
    private readonly ConcurrentDictionary<long, Task> running = new();
    private readonly CancellationTokenSource ending = new();
    private TaskCompletionSource rowsExist = NewPromise();
    private int settled;

    /// <summary>The newest lease; what is settled is written under it.</summary>
    public CursorLease? Lease { get; set; }

    /// <summary>Whether anything was settled since the last call, so that a ticket may be free again.</summary>
    public bool TakeSettled() => Interlocked.Exchange(ref settled, 0) == 1;

    /// <summary>Starts what is due and does not run yet.</summary>
    public async Task StartDueAsync(CancellationToken cancellation)
    {
        var free = Parallel - running.Count;
        if (free <= 0)
        {
            return;
        }

        var now = parts.Clock.GetCurrentInstant();
        var due = await parts.Parked.DueAsync(reaction.Name, now, Parallel * 2, cancellation);
        foreach (var parked in due.Where(parked => !running.ContainsKey(parked.Position)).Take(free))
        {
            Track(parked.Position, RetryAsync(parked));
        }
    }

    /// <summary>Takes over a call that a batch left running; its row is written by the batch's commit.</summary>
    public void Adopt(ParkedEvent parked, Task<ReactionOutcome?> call) =>
        Track(parked.Position, SettleLaterAsync(parked, call, rowsExist.Task));

    /// <summary>The rows of adopted calls were committed: they can be settled.</summary>
    public void Release()
    {
        rowsExist.TrySetResult();
        rowsExist = NewPromise();
    }

    /// <summary>The rows of adopted calls were not written; the new owner takes their events again.</summary>
    public void Forget()
    {
        rowsExist.TrySetCanceled();
        rowsExist = NewPromise();
    }

    /// <summary>Ends when nothing runs.</summary>
    public Task QuietAsync() => Task.WhenAll(running.Values);

    /// <summary>Ends what runs; what does not end in time is tried again by the next owner.</summary>
    public async Task EndAsync()
    {
        await ending.CancelAsync();
        Forget();
        await Task.WhenAll(running.Values);
        ending.Dispose();
    }

    private void Track(long position, Task task)
    {
        running[position] = task;
        _ = task.ContinueWith(
            _ => running.TryRemove(position, out Task? _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private async Task RetryAsync(ParkedEvent parked)
    {
        try
        {
            // Reading and calling may go on synchronously for long; the caller starts several.
            await Task.Yield();
            var events = await parts.Log.ReadAsync(parked.Position - 1, 1, ending.Token);
            var outcome =
                events is [var recorded] && recorded.Position == parked.Position
                    ? await parts.Call.RunAsync(reaction, recorded, ending.Token)
                    : ReactionOutcome.Done;
            await SettleAsync(parked, outcome);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The row stays as it is, for the next owner.
        }
        catch (Exception problem)
        {
            parts.Logger.PumpFailed(problem, reaction.Name);
        }
    }

    private async Task SettleLaterAsync(ParkedEvent parked, Task<ReactionOutcome?> call, Task rowExists)
    {
        try
        {
            var outcome = await call;
            await rowExists;
            await SettleAsync(parked, outcome ?? ReactionOutcome.Done);
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
        catch (Exception problem)
        {
            parts.Logger.PumpFailed(problem, reaction.Name);
        }
    }

    private async Task SettleAsync(ParkedEvent parked, ReactionOutcome outcome)
    {
        var becomes = outcome.Error is null
            ? null
            : ParkedEvents.AfterFailure(parked, outcome, parts.Clock.GetCurrentInstant());
        if (Lease is not { } lease || !await parts.Parked.SettleAsync(lease, parked, becomes, CancellationToken.None))
        {
            parts.Logger.LeaseLost(reaction.Name);
            return;
        }

        Interlocked.Exchange(ref settled, 1);
        if (becomes is { State: ParkedState.Dead })
        {
            parts.Logger.ReactionDead(
                reaction.Name,
                becomes.Position,
                becomes.Ticket,
                becomes.Attempts,
                becomes.Error ?? string.Empty
            );
        }
        else if (becomes is not null)
        {
            parts.Logger.ReactionFailed(
                reaction.Name,
                becomes.Position,
                becomes.Ticket,
                becomes.Attempts,
                becomes.Error ?? string.Empty
            );
        }
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
