using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>
/// Writes the promises of tickets to which something happened, as the tickets are now. The same again changes nothing, so that
/// it does not matter how often it is told of an event.
/// </summary>
public sealed class PromiseUpkeep(
    IPromiseStore store,
    ITicketLives lives,
    ITicketSnapshots snapshots,
    SnapshotJson json,
    EventCatalog catalog,
    ICurrentConfiguration configuration
)
{
    /// <summary>Takes events of the log.</summary>
    public async Task ApplyAsync(IEnumerable<RecordedEvent> events, CancellationToken cancellation)
    {
        TicketId[] ids = [.. events.Select(one => one.Ticket).Distinct()];
        var tickets = (await snapshots.FindAsync(ids, cancellation)).Values;
        var settled = (await store.SettledAsync(ids, cancellation)).ToLookup(one => one.Ticket);

        // What a clock's ticket went through is read once, when it has stopped; a clock that goes on is told from itself.
        var ending = tickets
            .Where(ticket =>
                ticket.Clocks.Any(clock => IsEnded(clock) && !settled[ticket.State.Id].Any(one => one.Is(clock)))
            )
            .Select(ticket => ticket.State.Id)
            .ToList();
        var read = (await lives.FindAsync(ending, cancellation)).ToDictionary(life => life.Ticket);
        var promises = tickets
            .Select(ticket =>
                read.TryGetValue(ticket.State.Id, out var life)
                    ? Of(json.Read(life.Snapshot), TicketStays.Of(life.Events(catalog)), settled[ticket.State.Id])
                    : Of(ticket, [], settled[ticket.State.Id])
            )
            .ToList();
        await store.KeepAsync(promises, cancellation);
    }

    private TicketPromises Of(
        TicketSnapshot ticket,
        IReadOnlyList<TicketStay> stays,
        IEnumerable<SettledPromise> settled
    )
    {
        var standing = ticket.Clocks.Where(clock => settled.Any(one => one.Is(clock))).ToHashSet();
        return new TicketPromises(
            ticket.State.Id,
            [
                .. ticket
                    .Clocks.Where(clock => !standing.Contains(clock))
                    .Select(clock =>
                        IsEnded(clock)
                            ? ClockAccount.OfStopped(clock, stays, configuration.Snapshot)
                            : ClockAccount.OfLive(clock, ticket.State.Team, configuration.Snapshot)
                    ),
            ],
            [.. standing.Select(clock => (clock.Metric, clock.Cycle))]
        );
    }

    private static bool IsEnded(SlaClock clock) => clock.Status == ClockStatus.Stopped;
}
