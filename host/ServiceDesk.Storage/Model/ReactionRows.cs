namespace ServiceDesk.Storage.Model;

/// <summary>How far a reaction has read the log, and which node owns it. Key: <see cref="Reaction"/>.</summary>
public sealed class ReactionCursorRow
{
    public string Reaction { get; set; } = "";
    public long Position { get; set; }
    public string? Node { get; set; }

    /// <summary>Unix ticks by the database's clock.</summary>
    public long LeasedUntil { get; set; }
    public long Fence { get; set; }
}

/// <summary>An event that a reaction could not take yet, or a dead letter. Key: <see cref="Reaction"/>, <see cref="Position"/>.</summary>
public sealed class ParkedEventRow
{
    public string Reaction { get; set; } = "";
    public long Position { get; set; }
    public long TicketId { get; set; }
    public int Attempts { get; set; }
    public long DueAt { get; set; }

    /// <summary>At most 2,000 characters.</summary>
    public string? Error { get; set; }
    public bool IsDead { get; set; }
    public long ParkedAt { get; set; }
}
