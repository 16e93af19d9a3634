using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Files;

/// <summary>Contents in the database, in pieces, for several nodes that have no folder in common.</summary>
internal sealed class DatabaseFileContents(IDatabase database) : IFileContents
{
    private const int PieceSize = 512 * 1024;

    public async Task<(string Sha256, long Size)> SaveAsync(
        Stream content,
        long limit,
        Instant now,
        CancellationToken cancellation
    )
    {
        await using var aside = Temporary();
        var (hash, size) = await HashingCopy.RunAsync(content, aside, limit, cancellation);
        aside.Position = 0;
        await database.WriteAsync(
            async (db, token) =>
            {
                var taken = now.ToUnixTimeTicks();
                var again = await db
                    .FileChunks.Where(row => row.Sha256 == hash)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.TakenAt, taken), token);
                if (again > 0)
                {
                    return;
                }

                var buffer = new byte[PieceSize];
                for (var ordinal = 0; ; ordinal++)
                {
                    var read = await aside.ReadAtLeastAsync(buffer, PieceSize, throwOnEndOfStream: false, token);
                    // An empty file has one empty piece.
                    if (read == 0 && ordinal > 0)
                    {
                        return;
                    }

                    db.FileChunks.Add(
                        new FileChunkRow
                        {
                            Sha256 = hash,
                            Ordinal = ordinal,
                            Bytes = buffer[..read],
                            TakenAt = taken,
                        }
                    );
                    await db.SaveChangesAsync(token);
                    db.ChangeTracker.Clear();
                }
            },
            cancellation
        );
        return (hash, size);
    }

    public async Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var aside = Temporary();
        var any = false;
        try
        {
            await foreach (
                var bytes in db
                    .FileChunks.Where(row => row.Sha256 == sha256)
                    .OrderBy(row => row.Ordinal)
                    .Select(row => row.Bytes)
                    .AsAsyncEnumerable()
                    .WithCancellation(cancellation)
            )
            {
                any = true;
                await aside.WriteAsync(bytes, cancellation);
            }
        }
        catch (Exception error)
        {
            await aside.DisposeAsync();
            if (Database.Cause(error) is null)
            {
                throw;
            }

            throw Database.Unavailable(error);
        }

        if (!any)
        {
            await aside.DisposeAsync();
            return null;
        }

        aside.Position = 0;
        return aside;
    }

    public async Task<bool> HasAsync(string sha256, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => db.FileChunks.AnyAsync(row => row.Sha256 == sha256, cancellation));
    }

    public async IAsyncEnumerable<string> OlderThanAsync(
        Instant before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var until = before.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var hashes = await Reading.AvailableAsync(() =>
            db
                .FileChunks.Where(row => row.Ordinal == 0 && row.TakenAt < until)
                .Where(row => !db.Files.Any(file => file.Sha256 == row.Sha256))
                .Select(row => row.Sha256)
                .ToListAsync(cancellation)
        );
        foreach (var hash in hashes)
        {
            yield return hash;
        }
    }

    public async Task<bool> RemoveAsync(string sha256, Instant before, CancellationToken cancellation)
    {
        var until = before.ToUnixTimeTicks();
        return await database.WriteAsync(
                (db, token) =>
                    db.FileChunks.Where(row => row.Sha256 == sha256 && row.TakenAt < until).ExecuteDeleteAsync(token),
                cancellation
            ) > 0;
    }

    private static FileStream Temporary() =>
        new(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            81920,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose
        );
}
