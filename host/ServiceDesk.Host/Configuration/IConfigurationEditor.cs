using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>
/// Everything that changes the configuration: pages, API and command line go through here. A change is written whole or not
/// at all, as one revision, after its documents were held against their schemas and the whole configuration against its meaning.
/// </summary>
public interface IConfigurationEditor
{
    /// <summary>The schema of a kind as JSON; null for an unknown kind.</summary>
    string? SchemaOf(string kind);

    /// <summary>A document's current version as YAML; null when there is none.</summary>
    string? YamlOf(string kind, string id);

    /// <summary>Writes a document.</summary>
    /// <param name="yaml">The document, beginning with its kind.</param>
    /// <param name="expectedVersion">The version that the writer has seen, 0 for a new document; null takes any.</param>
    Task<ConfigurationOutcome> SaveAsync(
        string yaml,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    );

    /// <summary>Removes a document. Its versions stay readable.</summary>
    Task<ConfigurationOutcome> RemoveAsync(
        string kind,
        string id,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    );

    /// <summary>Writes an earlier version again, as a new one.</summary>
    /// <param name="version">The earlier version; one that removed the document is none.</param>
    /// <param name="expectedVersion">The version that the writer has seen, 0 for a document that was removed; null takes any.</param>
    Task<ConfigurationOutcome> RollBackAsync(
        string kind,
        string id,
        int version,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    );

    /// <summary>All versions of a document, newest first; empty when there never was one.</summary>
    Task<IReadOnlyList<StoredDocumentVersion>> HistoryAsync(
        string kind,
        string id,
        CancellationToken cancellation = default
    );

    /// <summary>The newest changes of the whole configuration, newest first.</summary>
    Task<IReadOnlyList<DocumentRevision>> RevisionsAsync(
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    );

    /// <summary>A version of a document as YAML; null when there is none, or the version removed it.</summary>
    Task<string?> YamlAtAsync(string kind, string id, int version, CancellationToken cancellation = default);

    /// <summary>What changed in a document between two versions, line by line. Version 0, and one that removed it, is empty.</summary>
    Task<IReadOnlyList<ComparedLine>> CompareAsync(
        string kind,
        string id,
        int from,
        int to,
        CancellationToken cancellation = default
    );

    /// <summary>The whole configuration as files.</summary>
    IReadOnlyList<ConfigurationFile> Export();

    /// <summary>Makes the configuration that of the files.</summary>
    Task<ConfigurationOutcome> ImportAsync(
        IReadOnlyCollection<ConfigurationFile> files,
        ConfigurationImport import,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    );

    /// <summary>Documents of the product and its plugins that come in another form than the one they are in now, for an administrator to take over or leave.</summary>
    Task<IReadOnlyList<OfferedDocument>> OffersAsync(CancellationToken cancellation = default);
}

/// <summary>Who changes the configuration, and why.</summary>
/// <param name="Person">The person; null for the command line and the product itself.</param>
/// <param name="Source">What wrote it when it was not a person: <c>command-line</c>, <c>plugin:incidents</c>.</param>
/// <param name="Comment">Why; at most 1,000 characters are kept.</param>
public sealed record ConfigurationAuthor(PersonId? Person, string? Source, string? Comment)
{
    /// <summary>What the person chose for clocks that run under SLA policies and calendars that are written; null where nobody was asked: then they are left as they are.</summary>
    public ChangeoverMode? RunningClocks { get; init; }

    /// <summary>Whether documents only get another name for whom they meant before: nobody comes to act as somebody else by it.</summary>
    public bool OnlyRenames { get; init; }

    /// <summary>Whether it was said that documents go also when tickets use them; else they stay.</summary>
    public bool RemovesUsed { get; init; }

    /// <summary>Where tickets go whose statuses the change takes away, beside what its workflows say. What concerns no status is passed over.</summary>
    public ValueList<StatusMove> StatusMoves { get; init; } = [];
}

/// <summary>How files are imported.</summary>
public sealed record ConfigurationImport
{
    /// <summary>Whether documents without a file stay; otherwise they are removed, so that the configuration is exactly the files.</summary>
    public bool KeepOthers { get; init; }

    /// <summary>Whether it is only tried and nothing written.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The revision that the files were exported from or compared with; another newest one is refused. Null takes any.</summary>
    public long? ExpectedRevision { get; init; }
}

/// <summary>How a change of the configuration ended.</summary>
public enum ConfigurationStatus
{
    /// <summary>Written, or on a trial: would be.</summary>
    Written = 1,

    /// <summary>Nothing would change.</summary>
    Unchanged = 2,

    /// <summary>There are problems; nothing was written.</summary>
    Invalid = 3,

    /// <summary>Somebody else was faster; nothing was written.</summary>
    Conflict = 4,

    /// <summary>There is no such document or version.</summary>
    NotFound = 5,
}

/// <summary>The outcome of a change of the configuration.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Revision">The newest revision afterwards.</param>
/// <param name="Differences">What was, or on a trial would be, changed.</param>
/// <param name="Problems">Why not, by file.</param>
public sealed record ConfigurationOutcome(
    ConfigurationStatus Status,
    long Revision,
    IReadOnlyList<DocumentDifference> Differences,
    ValueList<FileProblem> Problems
)
{
    /// <summary>Tickets that the change would leave in statuses that their workflows then lack: it is refused until it says where they go.</summary>
    public IReadOnlyList<StrandedTickets> Stranded { get; init; } = [];
}

/// <summary>A document that the product or a plugin ships otherwise than it is now.</summary>
/// <param name="Kind">The document's kind.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Source"><c>product</c> or <c>plugin:ID</c>.</param>
/// <param name="IsUntouched">Whether nobody changed it since it was shipped; taking the offer over loses nothing.</param>
/// <param name="Current">YAML as it is.</param>
/// <param name="Shipped">YAML as it would be.</param>
public sealed record OfferedDocument(
    string Kind,
    string Id,
    string Source,
    bool IsUntouched,
    string Current,
    string Shipped
);
