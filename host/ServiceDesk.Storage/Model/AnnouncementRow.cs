namespace ServiceDesk.Storage.Model;

/// <summary>What a desk, or every desk, tells its customers in the portal.</summary>
public sealed class AnnouncementRow
{
    public long Id { get; set; }

    /// <summary>How often it was written.</summary>
    public int Version { get; set; }

    /// <summary>The key of the desk; null for every desk.</summary>
    public string? Desk { get; set; }

    /// <summary>How grave it is; the gravest is the highest.</summary>
    public int Level { get; set; }

    /// <summary>The title by language, as JSON.</summary>
    public string Title { get; set; } = "";

    /// <summary>The text by language, as JSON; null for none.</summary>
    public string? Body { get; set; }

    public long FromAt { get; set; }

    /// <summary>Until when it stands; null until somebody ends it.</summary>
    public long? UntilAt { get; set; }

    /// <summary>Who wrote it last.</summary>
    public long PersonId { get; set; }

    public long ChangedAt { get; set; }
}
