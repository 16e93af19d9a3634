using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Reactions;

/// <summary>How far readers of the log have come. One node at a time reads for a cursor: it holds a lease by the database's clock.</summary>
public interface ICursorStore
{
    /// <summary>Takes (or, for the holder, renews) the lease of a cursor, making the cursor when it is new.</summary>
    /// <param name="startAt">Where a new cursor begins: the position before the first event it wants.</param>
    /// <returns>Null while another node holds it.</returns>
    Task<CursorLease?> AcquireAsync(
        string name,
        string node,
        Duration lease,
        long startAt,
        CancellationToken cancellation
    );

    /// <summary>Moves the cursor and parks, in one transaction, the events before the new position that were not dealt with.</summary>
    /// <returns>False when the lease was lost meanwhile: nothing was written.</returns>
    Task<bool> AdvanceAsync(
        CursorLease lease,
        long position,
        IReadOnlyCollection<ParkedEvent> parked,
        CancellationToken cancellation
    );

    /// <summary>Gives the lease back, so that another node need not wait for its end.</summary>
    Task ReleaseAsync(CursorLease lease, CancellationToken cancellation);

    /// <summary>Where each cursor stands, by name.</summary>
    Task<IReadOnlyDictionary<string, long>> PositionsAsync(CancellationToken cancellation);
}

/// <summary>The right to move a cursor.</summary>
/// <param name="Name">The cursor.</param>
/// <param name="Node">Who holds it.</param>
/// <param name="Position">The last position that was dealt with.</param>
/// <param name="Fence">Tells this lease from later ones.</param>
public sealed record CursorLease(string Name, string Node, long Position, long Fence);

/// <summary>Why an event is parked.</summary>
public enum ParkedState
{
    /// <summary>It failed and is tried again.</summary>
    Retrying = 1,

    /// <summary>It waits behind an earlier parked event of its ticket.</summary>
    Behind = 2,

    /// <summary>It failed too often.</summary>
    Dead = 3,
}

/// <summary>An event that a reaction has not dealt with yet although its cursor went on.</summary>
/// <param name="Reaction">The reaction's name; the cursor's too.</param>
/// <param name="Position">The event's position.</param>
/// <param name="Ticket">The event's ticket.</param>
/// <param name="State">Why it is parked.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is to be tried again.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="Since">When it was parked first.</param>
public sealed record ParkedEvent(
    string Reaction,
    long Position,
    TicketId Ticket,
    ParkedState State,
    int Attempts,
    Instant NextAt,
    string? Error,
    Instant Since
);

/// <summary>Events whose reaction failed: those to be tried again, and the dead.</summary>
public interface IDeadLetters
{
    /// <summary>Events of a reaction that are to be tried again by <paramref name="now"/>, in log order. At most one per ticket: its earliest that is not dead.</summary>
    Task<IReadOnlyList<ParkedEvent>> DueAsync(string reaction, Instant now, int limit, CancellationToken cancellation);

    /// <summary>Tickets with parked events of a reaction that are not dead: later events of these must be parked behind.</summary>
    Task<IReadOnlySet<TicketId>> BlockedAsync(string reaction, CancellationToken cancellation);

    /// <summary>Writes how a retry ended: gone when it succeeded (null), else with its next try or dead. The ticket's next event then becomes due.</summary>
    /// <returns>False when the lease was lost meanwhile: nothing was written.</returns>
    Task<bool> SettleAsync(CursorLease lease, ParkedEvent was, ParkedEvent? becomes, CancellationToken cancellation);

    /// <summary>The dead, newest first.</summary>
    Task<IReadOnlyList<ParkedEvent>> DeadAsync(int limit, CancellationToken cancellation);

    /// <summary>How many are dead, and how many wait for another try.</summary>
    Task<(int Dead, int Waiting)> CountAsync(CancellationToken cancellation);

    /// <summary>Has a dead one tried again at once. False when there is none.</summary>
    Task<bool> ReplayAsync(string reaction, long position, Instant now, CancellationToken cancellation);

    /// <summary>Throws a dead one away. False when there is none.</summary>
    Task<bool> DismissAsync(string reaction, long position, CancellationToken cancellation);
}
