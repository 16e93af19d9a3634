using System.Collections.Concurrent;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Reactions;

/// <summary>What reactions saw, and how the test wants them to behave.</summary>
public sealed class ReactionScript
{
    /// <summary>Positions in the order in which they were taken to the end.</summary>
    public ConcurrentQueue<RecordedEvent> Taken { get; } = new();

    /// <summary>How often each position was begun.</summary>
    public ConcurrentDictionary<long, int> Attempts { get; } = new();

    /// <summary>What to do with an event before it counts as taken.</summary>
    public Func<RecordedEvent, CancellationToken, Task> Do { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Told of each event that was taken to the end.</summary>
    public Action<RecordedEvent> Took { get; set; } = _ => { };

    /// <summary>Positions of a ticket, as taken.</summary>
    public IEnumerable<long> Of(TicketId ticket) =>
        Taken.Where(recorded => recorded.Ticket == ticket).Select(recorded => recorded.Version);
}

/// <summary>Does what the script says.</summary>
public sealed class RecordingReaction(ReactionScript script) : IReaction
{
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        script.Attempts.AddOrUpdate(@event.Position, 1, (_, count) => count + 1);
        await script.Do(@event, cancellation);
        script.Taken.Enqueue(@event);
        script.Took(@event);
    }
}
