using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Bulk;

/// <summary>Bulk edits with their tickets, from the choice to the end. Knows no rights: whoever asks must have looked.</summary>
public interface IBulkRuns
{
    /// <summary>Keeps a choice of tickets for which nobody has said yet what is changed.</summary>
    /// <param name="query">The query of the list that was chosen whole; null when tickets were picked.</param>
    /// <param name="tickets">At least one, each once, in the order in which they are worked on.</param>
    Task<long> AddAsync(
        PersonId by,
        string? query,
        IReadOnlyCollection<TicketId> tickets,
        Instant now,
        CancellationToken cancellation = default
    );

    /// <summary>One; null when there is none.</summary>
    Task<BulkRun?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>The undo of an edit; null when it was not undone.</summary>
    Task<long?> FindUndoAsync(long id, CancellationToken cancellation = default);

    /// <summary>Those of a person that were run, newest first; of everybody when null.</summary>
    Task<IReadOnlyList<BulkRun>> ListAsync(PersonId? by, int limit, CancellationToken cancellation = default);

    /// <summary>Says what is changed, before it was run, and begins to preview it anew; with <paramref name="run"/> to do it.</summary>
    /// <returns>Whether it still could be.</returns>
    Task<bool> SayAsync(long id, BulkChanges changes, bool run, Instant now, CancellationToken cancellation = default);

    /// <summary>Begins to do what was previewed.</summary>
    /// <returns>Whether it was, and waited for this.</returns>
    Task<bool> RunAsync(long id, Instant now, CancellationToken cancellation = default);

    /// <summary>Begins to take an edit back that has ended.</summary>
    /// <returns>The undo; null when it has not ended, changed nothing, is an undo, or was taken back before.</returns>
    Task<long?> UndoAsync(long id, PersonId by, Instant now, CancellationToken cancellation = default);

    /// <summary>Ends one that is worked on where it is: a preview at once, an edit when what was begun is noted. An undo goes to its end.</summary>
    /// <returns>Whether it was worked on.</returns>
    Task<bool> CancelAsync(long id, Instant now, CancellationToken cancellation = default);

    /// <summary>Takes one to work on it.</summary>
    /// <param name="unheardSince">Who had it and was not heard of since then has lost it.</param>
    /// <returns>Whether there was work, and nobody else at it.</returns>
    Task<bool> ClaimAsync(
        long id,
        string owner,
        Instant now,
        Instant unheardSince,
        CancellationToken cancellation = default
    );

    /// <summary>Those with work that nobody is at, oldest first.</summary>
    Task<IReadOnlyList<long>> UnclaimedAsync(Instant unheardSince, CancellationToken cancellation = default);

    /// <summary>Tickets whose turn has not come, in order: for the preview, or for what is done.</summary>
    Task<IReadOnlyList<BulkTicket>> WaitingAsync(
        long id,
        bool preview,
        int limit,
        CancellationToken cancellation = default
    );

    /// <summary>Keeps what became of tickets, and says that the owner is still at it.</summary>
    /// <returns>Whether the owner shall go on; else somebody ended it or took it over. What became of tickets is kept all the same.</returns>
    Task<bool> RecordAsync(
        long id,
        string owner,
        bool preview,
        IReadOnlyCollection<BulkTicket> tickets,
        Instant now,
        CancellationToken cancellation = default
    );

    /// <summary>Ends the preview, or what was done, or was to be stopped; nothing for who is not the owner any more.</summary>
    Task EndAsync(long id, string owner, Instant now, CancellationToken cancellation = default);

    /// <summary>How many tickets came out how.</summary>
    Task<IReadOnlyDictionary<BulkOutcome, int>> CountAsync(
        long id,
        bool preview,
        CancellationToken cancellation = default
    );

    /// <summary>How many tickets came out otherwise than the preview had said.</summary>
    Task<int> CountOtherwiseAsync(long id, CancellationToken cancellation = default);

    /// <summary>Tickets in order.</summary>
    /// <param name="outcome">Only those that came out so; null takes any.</param>
    /// <param name="after">The place after which they stand.</param>
    Task<IReadOnlyList<BulkTicket>> TicketsAsync(
        long id,
        bool preview,
        BulkOutcome? outcome,
        int after,
        int limit,
        CancellationToken cancellation = default
    );

    /// <summary>Those of the tickets that are part of it.</summary>
    /// <param name="tickets">At most 1,000.</param>
    Task<IReadOnlyDictionary<TicketId, BulkTicket>> FindTicketsAsync(
        long id,
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation = default
    );

    /// <summary>How many of its tickets are on which desk, of which type.</summary>
    Task<IReadOnlyList<BulkKind>> KindsAsync(long id, CancellationToken cancellation = default);

    /// <summary>What edits did to a ticket, oldest first.</summary>
    Task<IReadOnlyList<BulkMark>> OfTicketAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>Forgets choices and previews that nobody went on with since an instant, and edits that ended before another.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(Instant idleSince, Instant endedBefore, CancellationToken cancellation = default);
}

/// <summary>How far a bulk edit is.</summary>
public enum BulkState
{
    /// <summary>Tickets are chosen.</summary>
    Chosen = 1,

    /// <summary>It is looked at what it would do.</summary>
    Previewing = 2,

    /// <summary>What it would do is known.</summary>
    Previewed = 3,

    /// <summary>It is done.</summary>
    Running = 4,

    /// <summary>Somebody ended it, and what was begun comes to its end.</summary>
    Stopping = 5,

    /// <summary>Every ticket had its turn.</summary>
    Done = 6,

    /// <summary>It was ended before.</summary>
    Cancelled = 7,
}

/// <summary>A bulk edit.</summary>
public sealed record BulkRun
{
    public required long Id { get; init; }
    public required PersonId By { get; init; }
    public required BulkState State { get; init; }

    /// <summary>The edit that it takes back; null for none.</summary>
    public required long? UndoOf { get; init; }

    /// <summary>The query of the list that was chosen whole; null when tickets were picked.</summary>
    public required string? Query { get; init; }

    /// <summary>What is changed; null while nobody has said. Of an undo, what is taken back.</summary>
    public required BulkChanges? Changes { get; init; }

    /// <summary>How many tickets.</summary>
    public required int Total { get; init; }
    public required Instant CreatedAt { get; init; }

    /// <summary>When the doing began.</summary>
    public required Instant? StartedAt { get; init; }
    public required Instant? FinishedAt { get; init; }

    /// <summary>Whether it is worked on.</summary>
    public bool IsAtWork => State is BulkState.Previewing or BulkState.Running or BulkState.Stopping;

    /// <summary>Whether it only looks so far.</summary>
    public bool IsPreview => State < BulkState.Running;
}

/// <summary>A ticket of a bulk edit.</summary>
/// <param name="Place">Its place in the edit, from 1.</param>
public sealed record BulkTicket(int Place, TicketId Ticket)
{
    /// <summary>What the preview said.</summary>
    public BulkOutcome Checked { get; init; }

    /// <summary>The version that the preview looked at.</summary>
    public long CheckedVersion { get; init; }

    /// <summary>What became of it.</summary>
    public BulkOutcome Outcome { get; init; }

    /// <summary>Why not, and what was left.</summary>
    public BulkNotes Notes { get; init; } = BulkNotes.None;

    /// <summary>The version of the first event that it made; 0 for none.</summary>
    public long FromVersion { get; init; }

    /// <summary>That of the last.</summary>
    public long ToVersion { get; init; }

    /// <summary>Whether something of it was done.</summary>
    public bool IsDone => FromVersion > 0;
}

/// <summary>What is said of a ticket.</summary>
/// <param name="Refusals">Why not.</param>
/// <param name="Left">What an undo left, since somebody had changed it again.</param>
public sealed record BulkNotes(ValueList<Refusal> Refusals, ValueList<string> Left)
{
    /// <summary>Nothing.</summary>
    public static BulkNotes None { get; } = new([], []);
}

/// <summary>How many tickets of an edit are of which kind.</summary>
public sealed record BulkKind(string Desk, string Type, int Count);

/// <summary>What an edit did to a ticket.</summary>
public sealed record BulkMark(long Run, bool IsUndo, PersonId By, long FromVersion, long ToVersion);
