using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>What a reader of the log has to do next.</summary>
public enum ReadingState
{
    /// <summary>Another node reads, or the plugin rests.</summary>
    NotReading = 1,

    /// <summary>Wait for new events.</summary>
    UpToDate = 2,

    /// <summary>Read on.</summary>
    MoreToRead = 3,
}

/// <summary>
/// Reads the log for one reaction, on the one node that holds its cursor's lease. Tickets of a batch are taken side by
/// side. What fails is parked with its ticket's later events and tried again beside the reading; what takes long is parked
/// while it runs, so that neither holds up other tickets. The cursor moves only over what was taken or parked.
/// </summary>
public sealed class ReactionReader(PumpedReaction reaction, ReactionReaderFactory parts)
{
    /// <summary>How long a node that died keeps the reaction from the others.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(30);

    /// <summary>How long a batch waits for its slowest ticket before it goes on without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for new events before the log is looked at again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LeaseRenewal = Lease.ToTimeSpan() / 3;
    private static readonly TimeSpan BetweenClaims = TimeSpan.FromSeconds(5);
    private const int BatchSize = 200;
    private const int Parallel = 8;

    // Longer than a call can take, so that only what a dead process left is taken for lost.
    private static readonly Duration RunningLimit =
        Duration.FromTimeSpan(ReactionCall.Limit) + Duration.FromSeconds(15);

    private readonly RetryLane lane = new(reaction, parts);
    private IReadOnlySet<TicketId>? blocked;
    private long claimedAt;
    private long lookedAt;

    /// <summary>Reads until the process stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                parts.Logger.PumpFailed(problem, reaction.Name);
                lane.Lease = null;
                await Pause.ForAsync(BetweenClaims, parts.Time, stopping);
            }
        }

        var last = lane.Lease;
        await lane.EndAsync();
        await GiveUpAsync(last);
    }

    /// <summary>Holds the lease, starts the retries that are due, and takes one batch.</summary>
    /// <returns>What there is to do next.</returns>
    public async Task<ReadingState> WorkAsync(CancellationToken stopping)
    {
        if (reaction.IsResting?.Invoke() == true)
        {
            return ReadingState.NotReading;
        }

        if (lane.Lease is null || parts.Time.GetElapsedTime(claimedAt) > LeaseRenewal)
        {
            await ClaimAsync(stopping);
        }

        if (lane.Lease is not { } lease)
        {
            return ReadingState.NotReading;
        }

        return await ReadAsync(lease, stopping) ? ReadingState.MoreToRead : ReadingState.UpToDate;
    }

    /// <summary>Ends when no retry and no call that was left behind runs any more.</summary>
    public Task QuietAsync() => lane.QuietAsync();

    private async Task StepAsync(CancellationToken stopping)
    {
        await parts.Backlog.YieldAsync(stopping);
        switch (await WorkAsync(stopping))
        {
            case ReadingState.NotReading:
                await Pause.ForAsync(BetweenClaims, parts.Time, stopping);
                break;
            case ReadingState.UpToDate:
                await parts.Signal.WaitAsync(lane.Lease?.Position ?? long.MaxValue, LongestWait, stopping);
                break;
        }
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var startAt = lane.Lease?.Position ?? await parts.Log.HeadAsync(stopping);
        claimedAt = parts.Time.GetTimestamp();
        var claimed = await parts.Cursors.AcquireAsync(reaction.Name, parts.Node, Lease, startAt, stopping);
        if (claimed?.Fence != lane.Lease?.Fence)
        {
            blocked = null;
        }

        lane.Lease = claimed;
    }

    // Starts the retries that are due and takes one batch; says whether there may be more at once.
    private async Task<bool> ReadAsync(CursorLease lease, CancellationToken stopping)
    {
        if (lane.TakeSettled())
        {
            blocked = null;
        }

        blocked ??= await parts.Parked.BlockedAsync(reaction.Name, stopping);
        var events = await parts.Recent.ReadAsync(lease.Position, BatchSize, stopping);
        await RetryAsync(blocked.Count > 0 || events.Count == 0, stopping);
        if (events.Count == 0)
        {
            return false;
        }

        var batches = events
            .GroupBy(recorded => recorded.Ticket)
            .Select(group => new TicketBatch(reaction, group.Key, [.. group]))
            .ToList();
        var behind = batches.Where(batch => blocked.Contains(batch.Ticket)).ToList();
        var parked = await TakeAsync(batches.Except(behind).ToList(), stopping);
        var now = parts.Clock.GetCurrentInstant();
        parked.AddRange(behind.SelectMany(batch => batch.AllBehind(now)));
        await AdvanceAsync(lease, events[^1].Position, parked, stopping);
        return events.Count == BatchSize;
    }

    // What is parked is known; what an administrator sends again is not, and is looked for when there is time or it has been long.
    private async Task RetryAsync(bool isToLook, CancellationToken stopping)
    {
        if (isToLook || parts.Time.GetElapsedTime(lookedAt) > LongestWait)
        {
            lookedAt = parts.Time.GetTimestamp();
            await lane.StartDueAsync(stopping);
        }
    }

    private async Task AdvanceAsync(
        CursorLease lease,
        long position,
        List<ParkedEvent> parked,
        CancellationToken stopping
    )
    {
        if (!await parts.Cursors.AdvanceAsync(lease, position, parked, stopping))
        {
            parts.Logger.LeaseLost(reaction.Name);
            lane.Forget();
            lane.Lease = null;
            return;
        }

        foreach (var failed in parked.Where(parked => parked.Error is not null))
        {
            Report(failed);
        }

        if (parked.Count > 0)
        {
            blocked = null;
        }

        // From here on the rows exist that a call still running has to settle.
        lane.Lease = lease with
        {
            Position = position,
        };
        lane.Release();
    }

    // Takes the tickets side by side, and leaves the slow ones running behind.
    private async Task<List<ParkedEvent>> TakeAsync(List<TicketBatch> batches, CancellationToken stopping)
    {
        using var places = new SemaphoreSlim(Parallel);
        var started = parts.Time.GetTimestamp();
        var running = new Dictionary<TicketBatch, Task<ReactionOutcome?>>();
        foreach (var batch in batches)
        {
            var left = Patience - parts.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !await EnterAsync(places, left, stopping))
            {
                break;
            }

            running.Add(batch, RunAsync(batch, places, stopping));
        }

        await WaitForAsync(running.Values, Patience - parts.Time.GetElapsedTime(started), stopping);
        stopping.ThrowIfCancellationRequested();
        return Leave(batches, running);
    }

    private List<ParkedEvent> Leave(List<TicketBatch> batches, Dictionary<TicketBatch, Task<ReactionOutcome?>> running)
    {
        var now = parts.Clock.GetCurrentInstant();
        var parked = new List<ParkedEvent>();
        foreach (var batch in batches)
        {
            if (!running.TryGetValue(batch, out var task))
            {
                // Not begun: due at once, and taken by the retries without holding up the log.
                parked.AddRange(batch.AllBehind(now));
                continue;
            }

            var rows = batch.Leave(now, now + RunningLimit);
            parked.AddRange(rows);
            if (rows is [{ State: ParkedState.Retrying, Attempts: 0 } unfinished, ..])
            {
                lane.Adopt(unfinished, task);
            }
        }

        return parked;
    }

    private async Task<ReactionOutcome?> RunAsync(TicketBatch batch, SemaphoreSlim places, CancellationToken stopping)
    {
        try
        {
            return await batch.RunAsync(parts.Call, stopping);
        }
        finally
        {
            Free(places);
        }
    }

    private static void Free(SemaphoreSlim places)
    {
        try
        {
            places.Release();
        }
        catch (ObjectDisposedException)
        {
            // The batch went on without this ticket.
        }
    }

    private async Task<bool> EnterAsync(SemaphoreSlim places, TimeSpan atMost, CancellationToken stopping)
    {
        if (places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var limit = new CancellationTokenSource(atMost, parts.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await places.WaitAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task WaitForAsync(IEnumerable<Task> tasks, TimeSpan atMost, CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(tasks).WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, parts.Time, stopping);
        }
        catch (TimeoutException)
        {
            // The slow ones are left behind.
        }
    }

    private void Report(ParkedEvent failed)
    {
        if (failed.State == ParkedState.Dead)
        {
            parts.Logger.ReactionDead(
                reaction.Name,
                failed.Position,
                failed.Ticket,
                failed.Attempts,
                failed.Error ?? string.Empty
            );
        }
        else
        {
            parts.Logger.ReactionFailed(
                reaction.Name,
                failed.Position,
                failed.Ticket,
                failed.Attempts,
                failed.Error ?? string.Empty
            );
        }
    }

    private async Task GiveUpAsync(CursorLease? lease)
    {
        if (lease is null)
        {
            return;
        }

        try
        {
            await parts.Cursors.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // The lease ends by itself.
        }
    }
}
