namespace ServiceDesk.Storage.Model;

/// <summary>A queue that somebody made for oneself or for a team.</summary>
public sealed class OwnQueueRow
{
    public long Id { get; set; }

    /// <summary>Who made it.</summary>
    public long PersonId { get; set; }

    /// <summary>The team that shares it; null is the person alone.</summary>
    public long? TeamId { get; set; }
    public string Name { get; set; } = "";
    public string Query { get; set; } = "";

    /// <summary>The column by which its list is grouped; null is none.</summary>
    public string? Grouping { get; set; }

    /// <summary>Lines on a page; null is the usual number.</summary>
    public int? Rows { get; set; }

    /// <summary>The columns in their order, with a comma between them; null are the usual ones.</summary>
    public string? Columns { get; set; }

    /// <summary>How often it was changed; null is never.</summary>
    public int? Version { get; set; }

    /// <summary>Its place among those of the same person or team.</summary>
    public int Place { get; set; }
}
