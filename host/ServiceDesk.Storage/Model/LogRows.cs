namespace ServiceDesk.Storage.Model;

/// <summary>The single row that every commit locks first, so that positions are dense and their order is commit order.</summary>
public sealed class LogHeadRow
{
    public int Id { get; set; }

    /// <summary>The position of the newest event; 0 when there is none.</summary>
    public long Position { get; set; }
}

/// <summary>An event as it is stored. Never changed.</summary>
public sealed class EventRow
{
    /// <summary>1 for the first event of the log, then without gaps.</summary>
    public long Position { get; set; }
    public long TicketId { get; set; }

    /// <summary>1 for the first event of the ticket, then without gaps.</summary>
    public long Version { get; set; }

    /// <summary>With version: <c>ticket.assigned/1</c>.</summary>
    public string Name { get; set; } = "";
    public string Payload { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
    public int ActorKind { get; set; }
    public long? ActorPersonId { get; set; }
    public string? ActorName { get; set; }
    public long ConfigurationRevision { get; set; }

    /// <summary>The position of the event that a reaction answered.</summary>
    public long? Cause { get; set; }
    public int Depth { get; set; }
}

/// <summary>A key of a ticket, current or former. Never reused.</summary>
public sealed class TicketKeyRow
{
    public string Desk { get; set; } = "";
    public int Number { get; set; }
    public long TicketId { get; set; }
    public bool IsCurrent { get; set; }
}

/// <summary>A comment: the readable form of its event.</summary>
public sealed class CommentRow
{
    public long TicketId { get; set; }

    /// <summary>The version of its event; the comment's id in the ticket.</summary>
    public long Version { get; set; }

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }
    public int AuthorKind { get; set; }
    public long? AuthorId { get; set; }
    public string? AuthorName { get; set; }
    public string Body { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>Whether the requester or a participant wrote it.</summary>
    public bool ByCustomer { get; set; }

    /// <summary>By phone or mail; null when it was written here.</summary>
    public int? Channel { get; set; }
}

/// <summary>A file on a ticket.</summary>
public sealed class AttachmentRow
{
    public long TicketId { get; set; }

    /// <summary>The version of the event that brought it; a comment's files share the comment's.</summary>
    public long Version { get; set; }

    /// <summary>Its place among the files of the event.</summary>
    public int Ordinal { get; set; }
    public long FileId { get; set; }
    public string Name { get; set; } = "";
    public string ContentType { get; set; } = "";
    public long Size { get; set; }
    public string Sha256 { get; set; } = "";

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }
    public long? AuthorId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>An instant at which something is to happen to a ticket. Derived from its state, written only by its commits.</summary>
public sealed class TimerRow
{
    public long TicketId { get; set; }
    public string Key { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long DueAt { get; set; }

    /// <summary>The node that claimed it; null when nobody has.</summary>
    public string? Owner { get; set; }

    /// <summary>When the claim ends, by the database's clock, Unix ticks; 0 when nobody has claimed it.</summary>
    public long LeaseUntil { get; set; }

    /// <summary>Counts claims, so that one that slept through its lease is told from its successor.</summary>
    public long Fence { get; set; }
}

/// <summary>A thing that may happen to a clock once: a threshold reached, or the target passed.</summary>
public sealed class SlaFactRow
{
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }

    /// <summary>As configured (<c>75%</c>, <c>PT30M</c>), or <c>breach</c>.</summary>
    public string Threshold { get; set; } = "";

    /// <summary>The version of its event.</summary>
    public long Version { get; set; }

    /// <summary>Unix ticks.</summary>
    public long DueAt { get; set; }
}

/// <summary>The effect that an idempotency key had.</summary>
public sealed class IdempotencyRow
{
    public string Key { get; set; } = "";
    public long TicketId { get; set; }
    public long FromVersion { get; set; }
    public long ToVersion { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>A hash of what was asked; null where none was given.</summary>
    public string? Fingerprint { get; set; }
}

/// <summary>The next free number of a series: ticket identities, and ticket numbers per desk. Nodes take blocks of it.</summary>
public sealed class NumberRow
{
    /// <summary><c>ticket</c>, or <c>desk:</c> and the desk's key.</summary>
    public string Series { get; set; } = "";
    public long Next { get; set; }
}
