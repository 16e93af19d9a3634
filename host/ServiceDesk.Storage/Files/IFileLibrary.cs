using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Files;

/// <summary>
/// Files that desks keep ready to be attached. Each has a row of its own in the store, which nobody may attach: whoever attaches
/// one gets another row with the same content (<see cref="IFileStore.CopyAsync"/>). Knows nothing of permissions.
/// </summary>
public interface IFileLibrary
{
    /// <summary>How many one desk may have.</summary>
    const int Most = 500;

    /// <summary>The longest name.</summary>
    const int LongestName = 200;

    /// <summary>Those of a desk, by name.</summary>
    Task<IReadOnlyList<LibraryFile>> OfAsync(string desk, CancellationToken cancellation = default);

    /// <summary>One of a desk's; null for none, and for another desk's.</summary>
    Task<LibraryFile?> FindAsync(string desk, long id, CancellationToken cancellation = default);

    /// <summary>Those of some desks that have a content.</summary>
    /// <param name="sha256">Its hash.</param>
    Task<IReadOnlyList<LibraryFile>> HoldingAsync(
        string sha256,
        IReadOnlyCollection<string> desks,
        CancellationToken cancellation = default
    );

    /// <summary>Puts an uploaded file in. The upload itself is not touched.</summary>
    /// <param name="upload">The id of the file.</param>
    /// <returns>The one that is kept, or null and why not.</returns>
    Task<(LibraryFile? Kept, LibraryOutcome Outcome)> AddAsync(
        LibraryText text,
        long upload,
        PersonId by,
        CancellationToken cancellation = default
    );

    /// <summary>Changes one that is still of this version.</summary>
    /// <param name="upload">The id of the file that takes the place of the one that it has; null leaves that.</param>
    /// <returns>The one that is kept, or null and why not.</returns>
    Task<(LibraryFile? Kept, LibraryOutcome Outcome)> ChangeAsync(
        long id,
        int version,
        LibraryText text,
        long? upload,
        PersonId by,
        CancellationToken cancellation = default
    );

    /// <summary>Takes one away; whether it was there. Tickets keep what was attached.</summary>
    Task<bool> RemoveAsync(string desk, long id, CancellationToken cancellation = default);

    /// <summary>The keys of the desks that have files, whether there is such a desk or not.</summary>
    Task<IReadOnlyList<string>> DesksAsync(CancellationToken cancellation = default);

    /// <summary>Takes away all that a desk has.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(string desk, CancellationToken cancellation = default);

    /// <summary>Keeps one although its content was taken out of tickets (<see cref="LibraryFile.RedactedAt"/>); whether it was there.</summary>
    Task<bool> KeepAsync(string desk, long id, CancellationToken cancellation = default);
}

/// <summary>What is said of a file of a library.</summary>
/// <param name="Desk">The key of the desk.</param>
/// <param name="Name">By which it is found and named; once in a desk, however it is capitalized.</param>
/// <param name="Description">What it is for; null for nothing.</param>
public sealed record LibraryText(string Desk, string Name, string? Description);

/// <summary>A file of a library.</summary>
/// <param name="Version">How often it was written, from 1.</param>
/// <param name="File">The file itself, by its row that is the library's alone.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
/// <param name="RedactedAt">When the same content was last taken out of a ticket for good, if nobody decided since that it stays here; else null.</param>
public sealed record LibraryFile(
    long Id,
    int Version,
    LibraryText Text,
    StoredFile File,
    PersonId By,
    Instant At,
    Instant? RedactedAt
);

/// <summary>How a write to a library ended.</summary>
public enum LibraryOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The desk has another file of this name.</summary>
    NameTaken,

    /// <summary>The desk has as many as it may.</summary>
    Full,

    /// <summary>The upload is not there any more.</summary>
    UploadGone,

    /// <summary>Somebody changed it or took it away meanwhile.</summary>
    Stale,
}
