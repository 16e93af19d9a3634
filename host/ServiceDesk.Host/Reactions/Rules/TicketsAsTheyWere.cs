using System.Collections.Concurrent;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// A ticket as it was right after an event: the stored one where the event is its last, else folded again. What was folded
/// last is kept, so that a ticket whose events are worked off one after another is folded once.
/// </summary>
public sealed class TicketsAsTheyWere(
    ITicketStore store,
    IEventLog log,
    TicketEngine engine,
    PastConfigurations configurations
)
{
    private const int MostKept = 500;
    private readonly ConcurrentDictionary<TicketId, TicketSnapshot> folded = new();

    /// <summary>The ticket after the event; null when there is none. After its opening it has all that came with that.</summary>
    public async Task<TicketSnapshot?> AfterAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        var ticket = recorded.Ticket;
        if (folded.TryGetValue(ticket, out var before) && before.State.Version == recorded.Version - 1)
        {
            var configuration = await configurations.AtAsync(recorded.ConfigurationRevision, cancellation);
            return Keep(engine.Fold(before, recorded, configuration));
        }

        var newest = await store.LoadAsync(ticket, cancellation);
        if (newest is null || newest.State.Version <= recorded.Version)
        {
            folded.TryRemove(ticket, out _);
            return newest;
        }

        var events = await log.ReadTicketAsync(ticket, cancellation);
        return recorded.Event is TicketOpened
            ? await FoldAsync([.. events.TakeWhile(e => e.CameWith(recorded))], cancellation)
            : Keep(await FoldAsync([.. events.Where(e => e.Version <= recorded.Version)], cancellation));
    }

    private async Task<TicketSnapshot?> FoldAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        var known = new Dictionary<long, IConfiguration>();
        foreach (var revision in events.Select(recorded => recorded.ConfigurationRevision).Distinct())
        {
            known[revision] = await configurations.AtAsync(revision, cancellation);
        }

        return engine.Replay(events, revision => known[revision]);
    }

    private TicketSnapshot? Keep(TicketSnapshot? ticket)
    {
        if (folded.Count >= MostKept)
        {
            folded.Clear();
        }

        if (ticket is not null)
        {
            folded[ticket.State.Id] = ticket;
        }

        return ticket;
    }
}
