namespace ServiceDesk.Storage.Model;

/// <summary>Somebody who is bringing in history.</summary>
public sealed class HistoryHoldRow
{
    public string Holder { get; set; } = "";

    /// <summary>When the lease ends, by the database's clock, Unix ticks.</summary>
    public long LeaseUntil { get; set; }
}
