using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Reactions;

/// <summary>
/// How far each reaction has read the log, and the events that it could not take yet. One node at a time owns a reaction,
/// by a lease with a fencing number; every write of an owner that was replaced meanwhile is refused.
/// </summary>
public interface IReactionStore
{
    /// <summary>
    /// Takes or renews the reaction for a node until the lease ends by the database's clock. A reaction that was never seen
    /// begins behind the head of the log: it does not react to the past.
    /// </summary>
    /// <returns>The cursor; null while another node owns it. The fence grows whenever the owner changes.</returns>
    Task<ReactionCursor?> ClaimAsync(string reaction, string node, Duration lease, CancellationToken cancellation);

    /// <summary>Gives the reaction up, so that another node can take it at once.</summary>
    Task ReleaseAsync(ReactionCursor cursor, CancellationToken cancellation);

    /// <summary>Moves the cursor and parks events, in one transaction.</summary>
    /// <param name="cursor">The cursor as it was claimed; its fence decides.</param>
    /// <param name="position">The last position that was taken or parked.</param>
    /// <param name="parked">Events to park; replaces those parked at the same position.</param>
    /// <returns>False when another node owns the reaction now; nothing was written.</returns>
    Task<bool> AdvanceAsync(
        ReactionCursor cursor,
        long position,
        IReadOnlyList<ParkedEvent> parked,
        CancellationToken cancellation
    );

    /// <summary>The parked events of a reaction that are not dead, by position.</summary>
    Task<IReadOnlyList<ParkedEvent>> ReadParkedAsync(string reaction, CancellationToken cancellation);

    /// <summary>Takes a parked event away that was taken at last.</summary>
    /// <returns>False when another node owns the reaction now; nothing was written.</returns>
    Task<bool> RemoveAsync(ReactionCursor cursor, long position, CancellationToken cancellation);

    /// <summary>Dead letters, newest first.</summary>
    /// <param name="limit">1 to 200.</param>
    /// <param name="before">Only those whose position is smaller; null for the first page.</param>
    Task<IReadOnlyList<ParkedEvent>> ReadDeadAsync(int limit, long? before, CancellationToken cancellation);

    /// <summary>Makes a dead letter due again at once, with all its attempts.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    Task<bool> ReplayAsync(string reaction, long position, Instant now, CancellationToken cancellation);

    /// <summary>Throws a dead letter away.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    Task<bool> DiscardAsync(string reaction, long position, CancellationToken cancellation);
}

/// <summary>How far a reaction has read, for the node that owns it.</summary>
/// <param name="Reaction">The reaction's name: its plugin's id, a dot and a word.</param>
/// <param name="Position">The last position that was taken or parked.</param>
/// <param name="Node">The owner.</param>
/// <param name="Fence">Grows whenever the owner changes.</param>
public sealed record ReactionCursor(string Reaction, long Position, string Node, long Fence);

/// <summary>An event that a reaction could not take yet, or never could.</summary>
/// <param name="Reaction">The reaction's name.</param>
/// <param name="Position">The event's position in the log.</param>
/// <param name="Ticket">The event's ticket; its later events wait behind it.</param>
/// <param name="Attempts">How often it was tried; 0 when it only waits behind another.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="Error">What the last attempt said, at most 2,000 characters.</param>
/// <param name="IsDead">Whether it is tried no more: a dead letter.</param>
/// <param name="ParkedAt">When it was parked first.</param>
public sealed record ParkedEvent(
    string Reaction,
    long Position,
    TicketId Ticket,
    int Attempts,
    Instant DueAt,
    string? Error,
    bool IsDead,
    Instant ParkedAt
);
