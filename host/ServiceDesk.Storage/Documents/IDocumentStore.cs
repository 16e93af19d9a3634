using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Storage.Documents;

/// <summary>The configuration documents, in every version they ever had. Knows nothing of their meaning: JSON was validated before.</summary>
public interface IDocumentStore
{
    /// <summary>The newest revision; 0 when nothing was ever written.</summary>
    Task<long> RevisionAsync(CancellationToken cancellation = default);

    /// <summary>All documents that exist at a revision; null is the newest.</summary>
    Task<DocumentSet> ReadAsync(long? revision = null, CancellationToken cancellation = default);

    /// <summary>Writes documents in one transaction as the next revision, and with them what their author chose for clocks that run. A document whose JSON is the same as before keeps its version; when nothing changes, no revision is made.</summary>
    /// <param name="expectedRevision">The newest revision the writer has seen.</param>
    /// <returns>The outcome; another newest revision writes nothing, and neither does the removal of a role that somebody has.</returns>
    Task<DocumentWriteOutcome> WriteAsync(
        long expectedRevision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        CancellationToken cancellation = default
    );

    /// <summary>
    /// Like the other, and in the same transaction gives a team its name, or changes a person: so that documents that name them by
    /// it and they themselves are never apart. Without changes of documents no revision is made, but the one that was seen is still held.
    /// </summary>
    /// <returns>The outcome; also when the team or person is named otherwise meanwhile nothing is written.</returns>
    /// <exception cref="PeopleConflictException">The name or address is somebody else's: nothing is written.</exception>
    Task<DocumentWriteOutcome> WriteAsync(
        long expectedRevision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        Naming naming,
        CancellationToken cancellation = default
    );

    /// <summary>All versions of a document, newest first.</summary>
    Task<IReadOnlyList<StoredDocumentVersion>> HistoryAsync(
        string kind,
        string id,
        CancellationToken cancellation = default
    );

    /// <summary>One version of a document; null when there is no such version. Its JSON is null where the version deleted it.</summary>
    Task<StoredDocumentVersion?> FindVersionAsync(
        string kind,
        string id,
        int version,
        CancellationToken cancellation = default
    );

    /// <summary>Every version of every document of some kinds, for those who pinned old ones.</summary>
    Task<IReadOnlyList<StoredDocument>> AllVersionsAsync(
        IReadOnlyCollection<string> kinds,
        CancellationToken cancellation = default
    );

    /// <summary>Puts another text in the place of a version, for what must not stay anywhere, also not in the history. Before the configuration is first read.</summary>
    Task ReplaceAsync(StoredDocument version, CancellationToken cancellation = default);

    /// <summary>The newest changes, newest first.</summary>
    /// <param name="before">Only revisions before this one; null begins with the newest.</param>
    Task<IReadOnlyList<DocumentRevision>> RevisionsAsync(
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    );
}

/// <summary>A document at a version.</summary>
/// <param name="Kind">One of <c>DocumentKinds</c>.</param>
/// <param name="Id">The id in its kind.</param>
/// <param name="Version">1 when first written.</param>
/// <param name="Json">The text.</param>
public sealed record StoredDocument(string Kind, string Id, int Version, string Json);

/// <summary>All documents of a revision.</summary>
public sealed record DocumentSet(long Revision, IReadOnlyList<StoredDocument> Documents);

/// <summary>A wish to write (or, with null, delete) a document.</summary>
public sealed record DocumentChange(string Kind, string Id, string? Json);

/// <summary>Who writes, when and why.</summary>
/// <param name="Person">The person; null for others.</param>
/// <param name="Source">What wrote it when it was not a person: <c>plugin:incidents</c>, <c>import</c>.</param>
/// <param name="At">When.</param>
/// <param name="Comment">Why.</param>
public sealed record DocumentAuthor(PersonId? Person, string? Source, Instant At, string? Comment)
{
    /// <summary>
    /// What the person chose for clocks that run: written with each version of an SLA policy or calendar, for
    /// <c>ISlaChangeovers</c> to bring it to them. Null where nobody chose: then a version after the first is written down as
    /// for new tickets only, and so is what no person wrote. Of a revision that is read it is always null.
    /// </summary>
    public ChangeoverMode? RunningClocks { get; init; }
}

/// <summary>Who or what is named otherwise together with documents.</summary>
/// <param name="From">The name or address as it is.</param>
/// <param name="Own">What becomes of what people and teams keep for themselves.</param>
public abstract record Naming(string From, OwnRenaming Own);

/// <summary>What a new name does to what people and teams keep for themselves, beside the documents.</summary>
/// <param name="Queries">What becomes of a query of their queues.</param>
/// <param name="Macros">What becomes of a macro, as it is stored.</param>
public sealed record OwnRenaming(Func<string, string> Queries, Func<string, string> Macros);

/// <summary>A team gets another name.</summary>
public sealed record TeamNaming(TeamId Team, string From, string To, OwnRenaming Own) : Naming(From, Own);

/// <summary>A person gets another address, and what else is changed with it.</summary>
public sealed record PersonNaming(PersonId Person, string From, PersonChange Change, OwnRenaming Own)
    : Naming(From, Own);

/// <summary>How a write ended.</summary>
/// <param name="Written">Whether <paramref name="Revision"/> holds the documents as wanted.</param>
/// <param name="Revision">The newest revision afterwards; when not written, the one that stood in the way.</param>
public sealed record DocumentWriteOutcome(bool Written, long Revision);

/// <summary>A version of a document with its author.</summary>
public sealed record StoredDocumentVersion(
    string Kind,
    string Id,
    int Version,
    string? Json,
    long Revision,
    DocumentAuthor Author
);

/// <summary>A change of the configuration with what it touched.</summary>
public sealed record DocumentRevision(long Revision, DocumentAuthor Author, IReadOnlyList<TouchedDocument> Documents);

/// <summary>A document that a revision touched.</summary>
public sealed record TouchedDocument(string Kind, string Id, int Version, bool Deleted);
