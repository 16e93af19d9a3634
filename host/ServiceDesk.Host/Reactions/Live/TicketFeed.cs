using System.Collections.Immutable;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>Follows the log from its head and hands each change of a ticket, on whichever node it was made, to the listeners of this process.</summary>
public sealed class TicketFeed(
    IEventLog log,
    ITicketStore store,
    ICommitSignal signal,
    TimeProvider time,
    ILogger<TicketFeed> logger
) : BackgroundService
{
    /// <summary>How soon changes made on other nodes are seen.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private const int BatchSize = 500;
    private readonly TaskCompletionSource following = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableList<Action<TicketChange>> listeners = [];

    /// <summary>Ends when the feed knows where the log ends: from then on it misses nothing.</summary>
    public Task Following => following.Task;

    /// <summary>Calls back for each change from now on; must be quick and not throw. Dispose to end.</summary>
    public IDisposable Listen(Action<TicketChange> changed)
    {
        ImmutableInterlocked.Update(ref listeners, list => list.Add(changed));
        return new Listener(this, changed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? position = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                position ??= await log.HeadAsync(stoppingToken);
                following.TrySetResult();
                position = listeners.IsEmpty
                    ? await SkipAsync(position.Value, stoppingToken)
                    : await FollowAsync(position.Value, stoppingToken);
                await signal.WaitAsync(position.Value, LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.WatchFailed(problem);
                await Pause.ForAsync(AfterFailure, time, stoppingToken);
            }
        }
    }

    // Nobody listens: what this process committed is known without asking, and what others did is asked for when it is quiet.
    private async Task<long> SkipAsync(long position, CancellationToken stopping) =>
        signal.Head > position ? signal.Head : await log.HeadAsync(stopping);

    private async Task<long> FollowAsync(long position, CancellationToken stopping)
    {
        while (true)
        {
            var events = await log.ReadAsync(position, BatchSize, stopping);
            foreach (var group in events.GroupBy(recorded => recorded.Ticket))
            {
                if (await store.LoadAsync(group.Key, stopping) is { } ticket)
                {
                    Tell(new TicketChange(ticket.State, [.. group.Select(recorded => recorded.Event)]));
                }
            }

            position = events.Count > 0 ? events[^1].Position : position;
            if (events.Count < BatchSize)
            {
                return position;
            }
        }
    }

    private void Tell(TicketChange change)
    {
        foreach (var listener in listeners)
        {
            listener(change);
        }
    }

    private sealed class Listener(TicketFeed feed, Action<TicketChange> changed) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref feed.listeners, list => list.Remove(changed));
    }
}
