namespace ServiceDesk.Storage.Model;

/// <summary>One change of one field of a ticket, for queries of its past. Made by <c>SearchableChanges</c>; only ever added.</summary>
public sealed class TicketChangeRow
{
    public long TicketId { get; set; }

    /// <summary>The version of the event that changed it.</summary>
    public long Version { get; set; }

    /// <summary>1 status, 2 priority, 3 assignee, 4 team, 5 type, 6 desk.</summary>
    public int Field { get; set; }

    /// <summary>An id, or a number in digits; null for empty.</summary>
    public string? OldValue { get; set; }

    /// <summary>An id, or a number in digits; null for empty.</summary>
    public string? NewValue { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>Null when nobody did it.</summary>
    public long? PersonId { get; set; }
}
