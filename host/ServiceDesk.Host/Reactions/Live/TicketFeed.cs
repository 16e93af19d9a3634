using System.Collections.Immutable;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>Follows the log from its head and hands each change of a ticket, on whichever node it was made, to the listeners of this process.</summary>
public sealed class TicketFeed(
    IEventLog log,
    ITicketStore store,
    ICommitSignal signal,
    ICurrentConfiguration configuration,
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
    private long position = -1;

    /// <summary>Ends when the feed knows where the log ends: from then on it misses nothing.</summary>
    public Task Following => following.Task;

    /// <summary>A position behind which this process knows the log; null before it follows. A page that is drawn from now on shows everything up to there.</summary>
    public long? Position => Volatile.Read(ref position) is >= 0 and var known ? known : null;

    /// <summary>Calls back for each change from now on; must be quick and not throw. Dispose to end.</summary>
    public IDisposable Listen(Action<TicketChange> changed)
    {
        ImmutableInterlocked.Update(ref listeners, list => list.Add(changed));
        return new Listener(this, changed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? next = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (next is null)
                {
                    next = await log.HeadAsync(stoppingToken);
                    Volatile.Write(ref position, next.Value);
                }

                following.TrySetResult();
                next = listeners.IsEmpty
                    ? await SkipAsync(next.Value, stoppingToken)
                    : await FollowAsync(next.Value, stoppingToken);
                await signal.WaitAsync(next.Value, LongestWait, stoppingToken);
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
    private async Task<long> SkipAsync(long from, CancellationToken stopping)
    {
        // Commits come one after another on all nodes: behind one of this process, all before it are there too.
        var head = signal.Head > from ? signal.Head : await log.HeadAsync(stopping);
        Volatile.Write(ref position, head);
        return head;
    }

    private async Task<long> FollowAsync(long from, CancellationToken stopping)
    {
        while (true)
        {
            var events = await log.ReadAsync(from, BatchSize, stopping);
            foreach (var change in await ChangesAsync(events, stopping))
            {
                Tell(change);
            }

            from = events.Count > 0 ? events[^1].Position : from;
            Volatile.Write(ref position, from);
            if (events.Count < BatchSize)
            {
                return from;
            }
        }
    }

    /// <summary>What changed since a position, as listeners would have been told; null when it is too much to tell.</summary>
    public async Task<IReadOnlyList<TicketChange>?> SinceAsync(long since, int most, CancellationToken cancellation)
    {
        var events = await log.ReadAsync(since, most + 1, cancellation);
        return events.Count > most ? null : await ChangesAsync(events, cancellation);
    }

    private async Task<IReadOnlyList<TicketChange>> ChangesAsync(
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        var changes = new List<TicketChange>();
        foreach (var group in events.GroupBy(recorded => recorded.Ticket))
        {
            if (await store.LoadAsync(group.Key, cancellation) is { } ticket)
            {
                var happened = group.Select(recorded => recorded.Event).ToList();
                changes.Add(
                    new TicketChange(ticket.State, happened, group.Max(recorded => recorded.Position))
                    {
                        Configuration = configuration.Snapshot,
                        MovesExpectation = ExpectedSolution.IsMovedBy(ticket, group, configuration.Snapshot),
                    }
                );
            }
        }

        return changes;
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
