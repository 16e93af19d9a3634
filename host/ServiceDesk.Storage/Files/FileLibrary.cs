using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Files;

/// <inheritdoc cref="IFileLibrary"/>
public sealed class FileLibrary(IDatabase database, IFileStore files, IClock clock) : IFileLibrary
{
    // A folded name may be longer than the name.
    private const int LongestFolded = 400;

    /// <inheritdoc/>
    public Task<IReadOnlyList<LibraryFile>> OfAsync(string desk, CancellationToken cancellation = default) =>
        ReadAsync(rows => rows.Where(row => row.Desk == desk), cancellation);

    /// <inheritdoc/>
    public async Task<LibraryFile?> FindAsync(string desk, long id, CancellationToken cancellation = default) =>
        (await ReadAsync(rows => rows.Where(row => row.Desk == desk && row.Id == id), cancellation)) is [var found]
            ? found
            : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<LibraryFile>> HoldingAsync(
        string sha256,
        IReadOnlyCollection<string> desks,
        CancellationToken cancellation = default
    ) => ReadAsync(rows => rows.Where(row => desks.Contains(row.Desk)), cancellation, sha256);

    /// <inheritdoc/>
    public Task<(LibraryFile? Kept, LibraryOutcome Outcome)> AddAsync(
        LibraryText text,
        long upload,
        PersonId by,
        CancellationToken cancellation = default
    ) => SaveAsync(null, text, upload, by, cancellation);

    /// <inheritdoc/>
    public Task<(LibraryFile? Kept, LibraryOutcome Outcome)> ChangeAsync(
        long id,
        int version,
        LibraryText text,
        long? upload,
        PersonId by,
        CancellationToken cancellation = default
    ) => SaveAsync((id, version), text, upload, by, cancellation);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string desk, long id, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                await Files(db, desk, id).ExecuteDeleteAsync(token);
                return await db.LibraryFiles.Where(row => row.Desk == desk && row.Id == id).ExecuteDeleteAsync(token)
                    > 0;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DesksAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.LibraryFiles.Select(row => row.Desk).Distinct().OrderBy(desk => desk).ToListAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(string desk, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                await db
                    .Files.Where(file => db.LibraryFiles.Any(row => row.FileId == file.Id && row.Desk == desk))
                    .ExecuteDeleteAsync(token);
                return await db.LibraryFiles.Where(row => row.Desk == desk).ExecuteDeleteAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> KeepAsync(string desk, long id, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeTicks();
        return database.WriteAsync(
            async (db, token) =>
                await db
                    .LibraryFiles.Where(row => row.Desk == desk && row.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.CheckedAt, now), token) > 0,
            cancellation
        );
    }

    private async Task<(LibraryFile?, LibraryOutcome)> SaveAsync(
        (long Id, int Version)? current,
        LibraryText text,
        long? upload,
        PersonId by,
        CancellationToken cancellation
    )
    {
        // Of nobody, so that no token of an upload reaches it. One that no row comes to name is cleaned up.
        var file = upload is { } up ? await files.CopyAsync(up, by: null, cancellation) : null;
        if (upload is not null && file is null)
        {
            return (null, LibraryOutcome.UploadGone);
        }

        var row = new LibraryFileRow
        {
            Id = current?.Id ?? 0,
            Version = (current?.Version ?? 0) + 1,
            Desk = text.Desk,
            Name = text.Name,
            Folded = Folding.Fold(text.Name, LongestFolded),
            Description = text.Description,
            FileId = file?.Id ?? 0,
            PersonId = by.Value,
            ChangedAt = clock.GetCurrentInstant().ToUnixTimeTicks(),
        };
        var outcome = await database.EnsureAsync(
            (db, token) =>
                current is null ? AddAsync(db, row, token) : ChangeAsync(db, row, isReplaced: file is not null, token),
            cancellation
        );
        return outcome == LibraryOutcome.Done
            ? (await FindAsync(row.Desk, row.Id, cancellation), outcome)
            : (null, outcome);
    }

    private static async Task<LibraryOutcome> AddAsync(
        ServiceDeskDb db,
        LibraryFileRow row,
        CancellationToken cancellation
    )
    {
        if (await IsTakenAsync(db, row, cancellation))
        {
            return LibraryOutcome.NameTaken;
        }

        if (await db.LibraryFiles.CountAsync(other => other.Desk == row.Desk, cancellation) >= IFileLibrary.Most)
        {
            return LibraryOutcome.Full;
        }

        row.Id = 0;
        db.LibraryFiles.Add(row);
        await db.SaveChangesAsync(cancellation);
        return LibraryOutcome.Done;
    }

    private static async Task<LibraryOutcome> ChangeAsync(
        ServiceDeskDb db,
        LibraryFileRow row,
        bool isReplaced,
        CancellationToken cancellation
    )
    {
        if (await IsTakenAsync(db, row, cancellation))
        {
            return LibraryOutcome.NameTaken;
        }

        var before = await db
            .LibraryFiles.AsNoTracking()
            .FirstOrDefaultAsync(
                old => old.Desk == row.Desk && old.Id == row.Id && old.Version == row.Version - 1,
                cancellation
            );
        if (before is null)
        {
            return LibraryOutcome.Stale;
        }

        if (!isReplaced)
        {
            (row.FileId, row.CheckedAt) = (before.FileId, before.CheckedAt);
        }

        var written = await db
            .LibraryFiles.Where(old => old.Id == row.Id && old.Version == row.Version - 1)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(old => old.Version, row.Version)
                        .SetProperty(old => old.Name, row.Name)
                        .SetProperty(old => old.Folded, row.Folded)
                        .SetProperty(old => old.Description, row.Description)
                        .SetProperty(old => old.FileId, row.FileId)
                        .SetProperty(old => old.PersonId, row.PersonId)
                        .SetProperty(old => old.ChangedAt, row.ChangedAt)
                        .SetProperty(old => old.CheckedAt, row.CheckedAt),
                cancellation
            );
        if (written == 0)
        {
            return LibraryOutcome.Stale;
        }

        // Only by who took its place: of two at once, the slower one must not take away what the other one put in.
        if (isReplaced)
        {
            await db.Files.Where(file => file.Id == before.FileId).ExecuteDeleteAsync(cancellation);
        }

        return LibraryOutcome.Done;
    }

    private static Task<bool> IsTakenAsync(ServiceDeskDb db, LibraryFileRow row, CancellationToken cancellation) =>
        db.LibraryFiles.AnyAsync(
            other => other.Desk == row.Desk && other.Folded == row.Folded && other.Id != row.Id,
            cancellation
        );

    private static IQueryable<FileRow> Files(ServiceDeskDb db, string desk, long id) =>
        db.Files.Where(file => db.LibraryFiles.Any(row => row.FileId == file.Id && row.Desk == desk && row.Id == id));

    private async Task<IReadOnlyList<LibraryFile>> ReadAsync(
        Func<IQueryable<LibraryFileRow>, IQueryable<LibraryFileRow>> which,
        CancellationToken cancellation,
        string? sha256 = null
    )
    {
        await using var db = database.CreateDbContext();
        var kept = which(db.LibraryFiles.AsNoTracking())
            .Join(
                db.Files.Where(file => sha256 == null || file.Sha256 == sha256),
                row => row.FileId,
                file => file.Id,
                (row, file) => new { Row = row, File = file }
            );
        var rows = await Reading.AvailableAsync(() =>
            kept.OrderBy(one => one.Row.Folded).ThenBy(one => one.Row.Id).ToListAsync(cancellation)
        );
        var redacted = await Reading.AvailableAsync(() =>
            db
                .Redactions.Where(one => one.Content != null)
                .Join(kept, one => one.Content, one => one.File.Sha256, (one, at) => new { at.Row.Id, one.At })
                .GroupBy(one => one.Id)
                .Select(ofOne => new { Id = ofOne.Key, At = ofOne.Max(one => one.At) })
                .ToDictionaryAsync(one => one.Id, one => one.At, cancellation)
        );
        return
        [
            .. rows.Select(one =>
                Of(
                    one.Row,
                    one.File,
                    redacted.TryGetValue(one.Row.Id, out var at) && at > one.Row.CheckedAt ? at : null
                )
            ),
        ];
    }

    private static LibraryFile Of(LibraryFileRow row, FileRow file, long? redactedAt) =>
        new(
            row.Id,
            row.Version,
            new LibraryText(row.Desk, row.Name, row.Description),
            FileStore.ToFile(file),
            new PersonId(row.PersonId),
            Instant.FromUnixTimeTicks(row.ChangedAt),
            redactedAt is { } at ? Instant.FromUnixTimeTicks(at) : null
        );
}
