namespace ServiceDesk.Storage.Model;

/// <summary>The single row that counts changes of the configuration.</summary>
public sealed class ConfigurationHeadRow
{
    public int Id { get; set; }
    public long Revision { get; set; }
}

/// <summary>A change of the configuration: one or more documents at once.</summary>
public sealed class RevisionRow
{
    public long Revision { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
    public long? AuthorId { get; set; }

    /// <summary>Who wrote it when it was not a person: <c>plugin:incidents</c>, <c>import</c>.</summary>
    public string? Source { get; set; }
    public string? Comment { get; set; }
}

/// <summary>A configuration document at its newest version; also kept when deleted, so that versions go on.</summary>
public sealed class DocumentRow
{
    public string Kind { get; set; } = "";
    public string Id { get; set; } = "";
    public int Version { get; set; }

    /// <summary>The revision that wrote it.</summary>
    public long Revision { get; set; }

    /// <summary>Null when it is deleted.</summary>
    public string? Json { get; set; }
}

/// <summary>Every version that a document ever had.</summary>
public sealed class DocumentVersionRow
{
    public string Kind { get; set; } = "";
    public string Id { get; set; } = "";
    public int Version { get; set; }
    public long Revision { get; set; }

    /// <summary>Null when this version deleted it.</summary>
    public string? Json { get; set; }
}

/// <summary>A setting of the product or of a plugin: JSON under an owner and a name.</summary>
public sealed class SettingRow
{
    public string Owner { get; set; } = "";
    public string Name { get; set; } = "";
    public string Json { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
    public long? AuthorId { get; set; }
}

/// <summary>A counter that changes with what a cache holds, so that every node notices.</summary>
public sealed class StampRow
{
    /// <summary>People, organizations, teams and who belongs to them.</summary>
    public const string People = "people";

    public string Name { get; set; } = "";
    public long Value { get; set; }
}

/// <summary>A key of ASP.NET Core data protection, so that cookies survive a restart and work on every node.</summary>
public sealed class DataProtectionKeyRow
{
    public int Id { get; set; }
    public string? Name { get; set; }
    public string Xml { get; set; } = "";
}
