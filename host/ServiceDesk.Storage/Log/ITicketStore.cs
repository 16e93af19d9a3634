using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Log;

/// <summary>Loads and commits tickets. Commits of many tickets may share one transaction (group commit).</summary>
public interface ITicketStore
{
    /// <summary>The newest snapshot, or null.</summary>
    Task<TicketSnapshot?> LoadAsync(TicketId id, CancellationToken cancellation);

    /// <summary>The ticket that has or had this key, or null. No access check.</summary>
    Task<TicketId?> FindAsync(TicketKey key, CancellationToken cancellation);

    /// <summary>A new identity and the next number of a desk, from a block held in memory: unique among all nodes; gaps only after a crash.</summary>
    Task<TicketReservation> ReserveAsync(string desk, CancellationToken cancellation);

    /// <summary>Gives an unused reservation's number back to the block.</summary>
    void Release(TicketReservation reservation);

    /// <summary>
    /// Writes events, row, fields, comments, attachments, clocks, search text, timers and idempotency key in one
    /// transaction, durable when the task completes.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    Task<CommitOutcome> CommitAsync(TicketCommit commit, CancellationToken cancellation);

    /// <summary>What was answered to an idempotency key before; null when it is new.</summary>
    Task<IdempotencyRecord?> FindAnswerAsync(string idempotencyKey, CancellationToken cancellation);

    /// <summary>Forgets answers given before an instant to keys that begin with one of the prefixes: their repeats would be new.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAnswersAsync(IReadOnlyList<string> prefixes, Instant before, CancellationToken cancellation);
}

/// <summary>What a grain wants written.</summary>
public sealed record TicketCommit
{
    /// <summary>The version that must still be the newest; 0 for a new ticket.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The ticket before the events; null for a new one.</summary>
    public TicketState? Before { get; init; }

    /// <summary>The ticket after the events.</summary>
    public required TicketSnapshot After { get; init; }

    /// <summary>At least one event; positions are given by the store.</summary>
    public required ValueList<RecordedEvent> Events { get; init; }

    /// <summary>All timers that follow from the state; the store writes the difference.</summary>
    public required ValueList<DerivedTimer> Timers { get; init; }

    /// <summary>Recorded with the commit, so that a repeat finds it.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What leaves earlier events of the ticket, and all that was made of them, in the same transaction; null for nothing.</summary>
    public Redaction? Redaction { get; init; }

    /// <summary>Recorded with the key, so that a repeat can be told from another wish under the same key.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>How a commit ended.</summary>
public enum CommitStatus
{
    /// <summary>Durable.</summary>
    Committed = 1,

    /// <summary>Another version is the newest: load and decide again.</summary>
    Conflict = 2,

    /// <summary>The idempotency key was used before: look up the answer.</summary>
    Repeated = 3,

    /// <summary>The external id is taken on the desk.</summary>
    Taken = 4,
}

/// <summary>The outcome, with the position of the first event when committed.</summary>
public sealed record CommitOutcome(CommitStatus Status, long FirstPosition);

/// <summary>The effect that an idempotency key had.</summary>
public sealed record IdempotencyRecord(
    string Key,
    TicketId Ticket,
    long FromVersion,
    long ToVersion,
    Instant At,
    string? Fingerprint
);

/// <summary>Reads the log of all tickets in commit order.</summary>
public interface IEventLog
{
    /// <summary>The last position; 0 when empty.</summary>
    Task<long> HeadAsync(CancellationToken cancellation);

    /// <summary>Events after a position, in order, without gaps, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, int limit, CancellationToken cancellation);

    /// <summary>All events of a ticket, in order.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadTicketAsync(TicketId ticket, CancellationToken cancellation);
}

/// <summary>Timers that grains derived; written only by commits.</summary>
public interface ITimerStore
{
    /// <summary>Claims due timers for a node until the lease ends by the database's clock; what another node has claimed is left out.</summary>
    Task<IReadOnlyList<ClaimedTimer>> ClaimDueAsync(
        string node,
        Instant now,
        int limit,
        Duration lease,
        CancellationToken cancellation
    );

    /// <summary>The earliest unclaimed instant; null when there is none.</summary>
    Task<Instant?> NextDueAsync(CancellationToken cancellation);

    /// <summary>Takes a claimed timer away whose state no longer derives it (or gives it back for a later try).</summary>
    Task ReleaseAsync(ClaimedTimer timer, bool remove, CancellationToken cancellation);

    /// <summary>Gives a claimed timer back for another instant; nothing when it is another's meanwhile.</summary>
    Task MoveAsync(ClaimedTimer timer, Instant dueAt, CancellationToken cancellation);
}

/// <summary>A due timer, claimed.</summary>
public sealed record ClaimedTimer(TicketId Ticket, string Key, Instant DueAt, long Fence);
