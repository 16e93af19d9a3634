using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// Reads the log, the end of it from memory: what this process committed lately is wanted by every reaction and projection
/// at once, and need not come from the database a dozen times.
/// </summary>
public sealed class RecentEvents : IDisposable
{
    /// <summary>How many events are kept.</summary>
    public const int Kept = 512;

    // Where an event of a position stands: commits of different tickets are announced in any order.
    private readonly RecordedEvent?[] kept = new RecordedEvent?[Kept];
    private readonly IEventLog log;
    private readonly IDisposable listening;

    /// <summary>Keeps from now on what is committed here.</summary>
    public RecentEvents(IEventLog log, ICommitSignal signal)
    {
        this.log = log;
        listening = signal.Subscribe(Keep);
    }

    /// <summary>
    /// Events after a position, in order, without gaps, at most <paramref name="limit"/>; none when there are none. There may
    /// be more, also when it gives fewer.
    /// </summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        var found = new List<RecordedEvent>();
        while (found.Count < limit && At(after + 1 + found.Count) is { } next)
        {
            found.Add(next);
        }

        return found.Count > 0
            ? Task.FromResult<IReadOnlyList<RecordedEvent>>(found)
            : log.ReadAsync(after, limit, cancellation);
    }

    /// <summary>Keeps nothing more.</summary>
    public void Dispose() => listening.Dispose();

    private RecordedEvent? At(long position) =>
        Volatile.Read(ref kept[position % Kept]) is { } one && one.Position == position ? one : null;

    private void Keep(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var one in events)
        {
            if (one.Event is TextRedacted or FileRedacted)
            {
                Forget(one.Ticket);
            }

            Volatile.Write(ref kept[one.Position % Kept], one);
        }
    }

    // The log holds them without what was taken out.
    private void Forget(TicketId ticket)
    {
        for (var place = 0; place < Kept; place++)
        {
            if (Volatile.Read(ref kept[place]) is { } one && one.Ticket == ticket)
            {
                Volatile.Write(ref kept[place], null);
            }
        }
    }
}
