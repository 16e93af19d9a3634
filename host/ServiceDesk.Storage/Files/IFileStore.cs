using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Files;

/// <summary>
/// Uploaded files. Contents are kept once per hash and are durable before their row is written, so that a row never is without
/// its file. Knows nothing of permissions: only ask for files of a ticket that was shown.
/// </summary>
public interface IFileStore
{
    /// <summary>Takes in a file by streaming.</summary>
    /// <param name="limit">The most bytes to take.</param>
    /// <exception cref="FileTooLargeException">The content is longer than <paramref name="limit"/>; nothing is kept.</exception>
    /// <exception cref="StorageUnavailableException">The same content was taken away at this very moment; the upload may be tried again.</exception>
    Task<StoredFile> SaveAsync(
        Stream content,
        string name,
        string contentType,
        long limit,
        PersonId? by,
        CancellationToken cancellation = default
    );

    /// <summary>Makes one more file of the same name and content, which stays when the other goes. The content is kept once.</summary>
    /// <param name="by">Who may attach it; null lets nobody.</param>
    /// <returns>Null when the other is not there.</returns>
    Task<StoredFile?> CopyAsync(long id, PersonId? by, CancellationToken cancellation = default);

    /// <summary>The file with this id; null when there is none.</summary>
    Task<StoredFile?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>Opens the content for reading; seekable. Null when there is none.</summary>
    Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation = default);

    /// <summary>Removes a content that no file has any more.</summary>
    /// <returns>Whether it was there and is gone.</returns>
    Task<bool> RemoveUnusedAsync(string sha256, CancellationToken cancellation = default);

    /// <summary>Removes uploads that were never attached nor put into a library, and contents without a row, both older than <paramref name="before"/>.</summary>
    /// <returns>How many contents were removed.</returns>
    Task<int> CleanUpAsync(Instant before, CancellationToken cancellation = default);
}

/// <summary>A file in the store.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name to show; never used as a path.</param>
/// <param name="ContentType">The media type that the product decided on.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal hash of the content.</param>
/// <param name="UploadedBy">Who uploaded it; only that person may attach it.</param>
/// <param name="UploadedAt">When.</param>
public sealed record StoredFile(
    long Id,
    string Name,
    string ContentType,
    long Size,
    string Sha256,
    PersonId? UploadedBy,
    Instant UploadedAt
)
{
    /// <summary>As it goes into a command.</summary>
    public AttachedFile ToAttached() => new(Id, Name, ContentType, Size, Sha256);
}

/// <summary>A file is longer than it may be.</summary>
public sealed class FileTooLargeException(long limit) : Exception($"The file is longer than {limit} bytes.")
{
    /// <summary>The most bytes.</summary>
    public long Limit { get; } = limit;
}
