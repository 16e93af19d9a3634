using NodaTime;

namespace ServiceDesk.Storage.Files;

/// <summary>Where the bytes of files lie, by their hash.</summary>
internal interface IFileContents
{
    /// <summary>Takes in a content; durable when the task completes.</summary>
    /// <exception cref="FileTooLargeException">It is longer than <paramref name="limit"/>; nothing is kept.</exception>
    Task<(string Sha256, long Size)> SaveAsync(Stream content, long limit, Instant now, CancellationToken cancellation);

    /// <summary>Opens a content; null when there is none.</summary>
    Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation);

    /// <summary>Whether there is such a content.</summary>
    Task<bool> HasAsync(string sha256, CancellationToken cancellation);

    /// <summary>Contents that nobody took in again since <paramref name="before"/>.</summary>
    IAsyncEnumerable<string> OlderThanAsync(Instant before, CancellationToken cancellation);

    /// <summary>Takes a content away, unless it was taken in again since <paramref name="before"/>.</summary>
    Task<bool> RemoveAsync(string sha256, Instant before, CancellationToken cancellation);
}
