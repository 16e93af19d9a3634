using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using NodaTime;

namespace ServiceDesk.Storage.Files;

/// <summary>
/// Contents in a folder, each under its hash. A content is written aside, synced, renamed and its folder synced before
/// anybody learns of it, so that after a crash a name always has its whole content.
/// </summary>
internal sealed class FolderFileContents(string folder) : IFileContents
{
    private readonly string incoming = Path.Combine(folder, "incoming");

    public async Task<(string Sha256, long Size)> SaveAsync(
        Stream content,
        long limit,
        Instant now,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(incoming);
        var aside = Path.Combine(incoming, RandomNumberGenerator.GetHexString(32, lowercase: true));
        try
        {
            var (hash, size) = await WriteAsync(aside, content, limit, cancellation);
            var path = PathOf(hash);
            var parent = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(parent))
            {
                Directory.CreateDirectory(parent);
                DirectorySync.Flush(folder);
            }

            if (File.Exists(path))
            {
                File.SetLastWriteTimeUtc(path, now.ToDateTimeUtc());
                return (hash, size);
            }

            File.SetLastWriteTimeUtc(aside, now.ToDateTimeUtc());
            File.Move(aside, path, overwrite: true);
            DirectorySync.Flush(parent);
            return (hash, size);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    public Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation)
    {
        var path = PathOf(sha256);
        return Task.FromResult<Stream?>(
            File.Exists(path)
                ? new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    81920,
                    FileOptions.Asynchronous | FileOptions.SequentialScan
                )
                : null
        );
    }

    public Task<bool> HasAsync(string sha256, CancellationToken cancellation) =>
        Task.FromResult(File.Exists(PathOf(sha256)));

    public async IAsyncEnumerable<string> OlderThanAsync(
        Instant before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await Task.Yield();
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsOlder(path, before))
            {
                continue;
            }

            if (Path.GetDirectoryName(path) == incoming)
            {
                // What an upload left that was cut off.
                File.Delete(path);
            }
            else
            {
                yield return Path.GetFileName(path);
            }
        }
    }

    public Task<bool> RemoveAsync(string sha256, Instant before, CancellationToken cancellation)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path) || !IsOlder(path, before))
        {
            return Task.FromResult(false);
        }

        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return Task.FromResult(true);
    }

    private static bool IsOlder(string path, Instant before) =>
        Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path)) < before;

    private static async Task<(string Sha256, long Size)> WriteAsync(
        string path,
        Stream content,
        long limit,
        CancellationToken cancellation
    )
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        var written = await HashingCopy.RunAsync(content, file, limit, cancellation);
        file.Flush(flushToDisk: true);
        return written;
    }

    // Only a hash ever becomes a path.
    private string PathOf(string sha256) =>
        sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, sha256[..2], sha256)
            : throw new ArgumentException("Not a hash.", nameof(sha256));
}
