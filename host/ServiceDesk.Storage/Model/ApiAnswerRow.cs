namespace ServiceDesk.Storage.Model;

/// <summary>A request that may come again, and what it was answered.</summary>
public sealed class ApiAnswerRow
{
    public long PersonId { get; set; }

    /// <summary>A hash of the person's key.</summary>
    public string Key { get; set; } = "";

    /// <summary>A hash of what was asked.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>When it began. Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>The HTTP status; 0 while it is not answered.</summary>
    public int Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? Tag { get; set; }
    public string? Body { get; set; }
}
