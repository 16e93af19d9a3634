using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <summary>Reads whole lives of many tickets, a page of tickets at a time. Who asks has made sure of the desks.</summary>
public interface ITicketLives
{
    /// <summary>How many tickets of these desks were opened from an instant on.</summary>
    Task<int> CountAsync(LivesQuestion question, CancellationToken cancellation);

    /// <summary>The next tickets by identity, with everything that happened to them; empty at the end.</summary>
    Task<IReadOnlyList<StoredLife>> ReadAsync(
        LivesQuestion question,
        TicketId after,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>The tickets of these desks that changed last since an instant, with everything that happened to them; the newest change first.</summary>
    Task<IReadOnlyList<StoredLife>> ChangedAsync(
        IReadOnlyCollection<string> desks,
        Instant since,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>These tickets with everything that happened to them; unknown ones are left out.</summary>
    Task<IReadOnlyList<StoredLife>> FindAsync(IReadOnlyCollection<TicketId> tickets, CancellationToken cancellation);

    /// <summary>The next tickets by identity that have a clock which is not stopped, as they are stored; empty at the end.</summary>
    Task<IReadOnlyList<StoredTicket>> LiveAsync(TicketId after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Tickets in order that have a clock which is not stopped and counts by a policy or a calendar, whichever version. Of
    /// promises as reports count them: what happened a moment ago may not be among them.
    /// </summary>
    /// <param name="kind"><see cref="DocumentKinds.SlaPolicy"/> or <see cref="DocumentKinds.Calendar"/>.</param>
    Task<IReadOnlyList<TicketId>> CountedByAsync(
        string kind,
        string document,
        TicketId after,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>How many tickets have a clock which is not stopped.</summary>
    Task<int> CountLiveAsync(CancellationToken cancellation);
}

/// <summary>Which tickets.</summary>
/// <param name="Desks">Keys of desks.</param>
/// <param name="OpenedSince">From when on they were opened.</param>
public sealed record LivesQuestion(IReadOnlyCollection<string> Desks, Instant OpenedSince);

/// <summary>A ticket as it is stored.</summary>
/// <param name="Ticket">Its identity.</param>
/// <param name="Snapshot">Its snapshot as JSON.</param>
public sealed record StoredTicket(TicketId Ticket, string Snapshot);

/// <summary>The life of a ticket as it is stored, to be read where there is a thread for it.</summary>
/// <param name="Ticket">Its identity.</param>
/// <param name="Snapshot">Its newest snapshot as JSON.</param>
/// <param name="Rows">Its events in order.</param>
public sealed record StoredLife(TicketId Ticket, string Snapshot, IReadOnlyList<EventRow> Rows)
{
    /// <summary>The events.</summary>
    public IEnumerable<RecordedEvent> Events(EventCatalog catalog) => Rows.Select(row => EventLog.Read(row, catalog));
}
