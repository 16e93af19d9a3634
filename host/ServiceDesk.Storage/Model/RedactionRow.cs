namespace ServiceDesk.Storage.Model;

/// <summary>That an event was written anew without something that was taken out for good. Says what is left to prove, never what went.</summary>
public sealed class RedactionRow
{
    public long TicketId { get; set; }

    /// <summary>The version of the event that tells of it.</summary>
    public long Version { get; set; }

    /// <summary>The version of the event that was written anew.</summary>
    public long Source { get; set; }

    /// <summary>Out of what it went: 1 summary or description, 2 a comment or note, 3 files.</summary>
    public int Part { get; set; }

    /// <summary>The file that went; 0 for a passage.</summary>
    public long FileId { get; set; }

    /// <summary>The hash of the file's content, by which it is taken from the store; null for a passage.</summary>
    public string? Content { get; set; }

    /// <summary>How many characters the event's payload had.</summary>
    public int Was { get; set; }

    /// <summary>The hash of name and payload as they were written anew.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
    public long? PersonId { get; set; }
    public string Reason { get; set; } = "";

    /// <summary>Whether what cannot go in a commit went: the file's content, and what the search index kept.</summary>
    public bool IsFinished { get; set; }

    internal const int OwnWords = 1;
    internal const int Comment = 2;
    internal const int Files = 3;
}
