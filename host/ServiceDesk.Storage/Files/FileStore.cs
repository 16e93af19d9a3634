using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Files;

/// <inheritdoc cref="IFileStore"/>
internal sealed class FileStore(IDatabase database, IFileContents contents, IClock clock) : IFileStore
{
    // Between "its content is there" and "its row is there" nobody may clean up.
    private readonly SemaphoreSlim cleaning = new(1, 1);

    /// <inheritdoc/>
    public async Task<StoredFile> SaveAsync(
        Stream content,
        string name,
        string contentType,
        long limit,
        PersonId? by,
        CancellationToken cancellation = default
    )
    {
        var now = clock.GetCurrentInstant();
        var (hash, size) = await contents.SaveAsync(content, limit, now, cancellation);
        await cleaning.WaitAsync(cancellation);
        try
        {
            var row = new FileRow
            {
                Sha256 = hash,
                Size = size,
                Name = name,
                ContentType = contentType,
                UploadedAt = now.ToUnixTimeTicks(),
                UploadedBy = by?.Value,
            };
            if (!await contents.HasAsync(hash, cancellation))
            {
                throw new StorageUnavailableException("The same content was taken away while it came in.");
            }

            await using var db = database.CreateDbContext();
            db.Files.Add(row);
            await db.SaveChangesAsync(cancellation);
            return ToFile(row);
        }
        finally
        {
            cleaning.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<StoredFile?> CopyAsync(long id, PersonId? by, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeTicks();
        await cleaning.WaitAsync(cancellation);
        try
        {
            return await database.WriteAsync(
                async (db, token) =>
                {
                    if (await db.Files.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, token) is not { } row)
                    {
                        return null;
                    }

                    (row.Id, row.UploadedAt, row.UploadedBy) = (0, now, by?.Value);
                    db.Files.Add(row);
                    await db.SaveChangesAsync(token);
                    return ToFile(row);
                },
                cancellation
            );
        }
        finally
        {
            cleaning.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<StoredFile?> FindAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Files.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellation)
        );
        return row is null ? null : ToFile(row);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation = default) =>
        contents.OpenAsync(sha256, cancellation);

    /// <inheritdoc/>
    public async Task<bool> RemoveUnusedAsync(string sha256, CancellationToken cancellation = default)
    {
        await cleaning.WaitAsync(cancellation);
        try
        {
            await using var db = database.CreateDbContext();
            // Also one that was taken in just now: its upload looks whether it is there before it writes its row.
            var always = clock.GetCurrentInstant() + Duration.FromDays(1);
            return !await Reading.AvailableAsync(() => db.Files.AnyAsync(file => file.Sha256 == sha256, cancellation))
                && await contents.RemoveAsync(sha256, always, cancellation);
        }
        finally
        {
            cleaning.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<int> CleanUpAsync(Instant before, CancellationToken cancellation = default)
    {
        var until = before.ToUnixTimeTicks();
        await database.WriteAsync(
            (db, token) =>
                db
                    .Files.Where(file =>
                        file.UploadedAt < until
                        && !db.Attachments.Any(attached => attached.FileId == file.Id)
                        && !db.LibraryFiles.Any(kept => kept.FileId == file.Id)
                    )
                    .ExecuteDeleteAsync(token),
            cancellation
        );
        var removed = 0;
        await foreach (var hash in contents.OlderThanAsync(before, cancellation))
        {
            await cleaning.WaitAsync(cancellation);
            try
            {
                await using var db = database.CreateDbContext();
                if (
                    !await Reading.AvailableAsync(() => db.Files.AnyAsync(file => file.Sha256 == hash, cancellation))
                    && await contents.RemoveAsync(hash, before, cancellation)
                )
                {
                    removed++;
                }
            }
            finally
            {
                cleaning.Release();
            }
        }

        return removed;
    }

    internal static StoredFile ToFile(FileRow row) =>
        new(
            row.Id,
            row.Name,
            row.ContentType,
            row.Size,
            row.Sha256,
            row.UploadedBy is { } by ? new PersonId(by) : null,
            Instant.FromUnixTimeTicks(row.UploadedAt)
        );
}
