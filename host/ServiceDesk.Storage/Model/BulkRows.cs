namespace ServiceDesk.Storage.Model;

/// <summary>A bulk edit, from the choice of its tickets to its end.</summary>
public sealed class BulkRunRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public int State { get; set; }

    /// <summary>The edit that it takes back; each is taken back once.</summary>
    public long? UndoOf { get; set; }

    /// <summary>The query of the list that was chosen whole; null when tickets were picked.</summary>
    public string? Query { get; set; }

    /// <summary>What is changed; null while nobody has said.</summary>
    public string? Changes { get; set; }
    public int Total { get; set; }

    /// <summary>Who works on it now; null for nobody.</summary>
    public string? Owner { get; set; }
    public long CreatedAt { get; set; }
    public long SeenAt { get; set; }
    public long? StartedAt { get; set; }
    public long? FinishedAt { get; set; }
}

/// <summary>A ticket of a bulk edit.</summary>
public sealed class BulkRunTicketRow
{
    public long RunId { get; set; }

    /// <summary>Its place in the edit, from 1.</summary>
    public int Place { get; set; }
    public long TicketId { get; set; }

    /// <summary>What the preview said; 0 before it.</summary>
    public int Checked { get; set; }

    /// <summary>The version that the preview looked at.</summary>
    public long CheckedVersion { get; set; }

    /// <summary>What became of it; 0 before its turn.</summary>
    public int Outcome { get; set; }

    /// <summary>Reasons and what was left, as JSON.</summary>
    public string? Notes { get; set; }

    /// <summary>The versions of the first and last event that it made; 0 for none.</summary>
    public long FromVersion { get; set; }
    public long ToVersion { get; set; }
}
