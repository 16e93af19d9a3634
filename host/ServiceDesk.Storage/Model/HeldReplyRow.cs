namespace ServiceDesk.Storage.Model;

/// <summary>A reply that was sent and can still be taken back.</summary>
public sealed class HeldReplyRow
{
    /// <summary>Unique for ever: the commit's idempotency key is made of it.</summary>
    public string Token { get; set; } = "";

    public long PersonId { get; set; }
    public long TicketId { get; set; }

    /// <summary>Markdown; may be empty where there are files.</summary>
    public string Text { get; set; } = "";

    /// <summary>The files as JSON.</summary>
    public string Files { get; set; } = "";

    /// <summary>0 can be taken back, 1 is being sent.</summary>
    public int State { get; set; }

    /// <summary>Unix ticks.</summary>
    public long DueAt { get; set; }
}
