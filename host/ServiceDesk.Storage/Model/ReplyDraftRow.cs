namespace ServiceDesk.Storage.Model;

/// <summary>What a person has begun to write on a ticket, or how that ended.</summary>
public sealed class ReplyDraftRow
{
    public long PersonId { get; set; }
    public long TicketId { get; set; }

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }

    /// <summary>Empty when it ended.</summary>
    public string Text { get; set; } = "";

    /// <summary>0 kept, 1 sent, 2 thrown away.</summary>
    public int State { get; set; }

    /// <summary>Counts every change, so that a window knows whether another one wrote.</summary>
    public int Revision { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}
