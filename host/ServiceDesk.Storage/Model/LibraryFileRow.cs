namespace ServiceDesk.Storage.Model;

/// <summary>A file that a desk keeps ready to be attached again and again.</summary>
public sealed class LibraryFileRow
{
    public long Id { get; set; }

    /// <summary>How often it was written.</summary>
    public int Version { get; set; }

    /// <summary>The key of the desk.</summary>
    public string Desk { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>The name folded; it stands once in a desk.</summary>
    public string Folded { get; set; } = "";
    public string? Description { get; set; }

    /// <summary>Its row among the files, which is the library's alone.</summary>
    public long FileId { get; set; }

    /// <summary>Who wrote it last.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long ChangedAt { get; set; }

    /// <summary>Until when it is known, and meant to stay so, that its content was taken out of tickets; 0 for never.</summary>
    public long CheckedAt { get; set; }
}
