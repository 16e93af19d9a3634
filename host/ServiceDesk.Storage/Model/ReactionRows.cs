namespace ServiceDesk.Storage.Model;

/// <summary>How far a reader of the log has come, and which node reads for it.</summary>
public sealed class CursorRow
{
    public string Name { get; set; } = "";

    /// <summary>The last position that was dealt with.</summary>
    public long Position { get; set; }
    public string? Owner { get; set; }

    /// <summary>When the lease ends, by the database's clock, Unix ticks; 0 when nobody holds it.</summary>
    public long LeaseUntil { get; set; }

    /// <summary>Counts leases: what an earlier holder writes is refused.</summary>
    public long Fence { get; set; }
}

/// <summary>An event that a reaction has not dealt with yet although its cursor went on: it failed, or waits behind one of the same ticket that did.</summary>
public sealed class ParkedEventRow
{
    public string Reaction { get; set; } = "";
    public long Position { get; set; }
    public long TicketId { get; set; }

    /// <summary>1 to be tried again, 2 waiting behind an earlier one of its ticket, 3 dead.</summary>
    public int State { get; set; }
    public int Attempts { get; set; }

    /// <summary>When it is to be tried again; Unix ticks.</summary>
    public long NextAt { get; set; }
    public string? Error { get; set; }

    /// <summary>When it was parked; Unix ticks.</summary>
    public long Since { get; set; }
}
