namespace ServiceDesk.Storage.Model;

/// <summary>Something that a person is told.</summary>
public sealed class NotificationRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>Unique per person, so that nobody is told twice.</summary>
    public string Key { get; set; } = "";
    public string Text { get; set; } = "";
    public long? TicketId { get; set; }

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
    public bool IsRead { get; set; }
}

/// <summary>Something that a person is told when the quiet hours are over.</summary>
public sealed class HeldNotificationRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>Unique per person, as of notifications.</summary>
    public string Key { get; set; } = "";
    public string Text { get; set; } = "";
    public long? TicketId { get; set; }

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }

    /// <summary>When it is told. Unix ticks.</summary>
    public long DueAt { get; set; }
}
