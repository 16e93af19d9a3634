using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Storage.Documents;

/// <inheritdoc cref="IDocumentStore"/>
public sealed class DocumentStore(IDatabase database, PeopleStore people) : IDocumentStore
{
    /// <inheritdoc/>
    public async Task<long> RevisionAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => HeadAsync(db, cancellation));
    }

    /// <inheritdoc/>
    public async Task<DocumentSet> ReadAsync(long? revision = null, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(async () =>
        {
            // Versions never change, so what stood at a revision can be read without a snapshot of the database.
            var at = revision ?? await HeadAsync(db, cancellation);
            var rows = await db
                .DocumentVersions.AsNoTracking()
                .Where(row =>
                    row.Revision <= at
                    && !db.DocumentVersions.Any(later =>
                        later.Kind == row.Kind
                        && later.Id == row.Id
                        && later.Version > row.Version
                        && later.Revision <= at
                    )
                )
                .Where(row => row.Json != null)
                .OrderBy(row => row.Kind)
                .ThenBy(row => row.Id)
                .ToListAsync(cancellation);
            return new DocumentSet(at, [.. rows.Select(Document)]);
        });
    }

    /// <inheritdoc/>
    public async Task<DocumentWriteOutcome> WriteAsync(
        long expectedRevision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        CancellationToken cancellation = default
    ) =>
        await database.WriteAsync(
            (db, token) => WriteAsync(db, expectedRevision, changes, author, token),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<DocumentWriteOutcome> WriteAsync(
        long expectedRevision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        Naming naming,
        CancellationToken cancellation = default
    )
    {
        try
        {
            return await people.NameWithinAsync(
                naming,
                (db, token) => WriteAsync(db, expectedRevision, changes, author, token),
                cancellation
            );
        }
        catch (NamedOtherwiseException)
        {
            return new DocumentWriteOutcome(false, await RevisionAsync(cancellation));
        }
    }

    private static async Task<DocumentWriteOutcome> WriteAsync(
        ServiceDeskDb db,
        long expectedRevision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        CancellationToken cancellation
    )
    {
        // The update locks the row, so that of two writers the second sees the first's revision.
        var next = expectedRevision + 1;
        var locked = await db
            .ConfigurationHead.Where(row => row.Revision == expectedRevision)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, next), cancellation);
        if (locked == 0)
        {
            return new DocumentWriteOutcome(false, await HeadAsync(db, cancellation));
        }

        // Somebody got it since it was looked at: whoever writes looks again.
        if (await RoleLock.IsHeldAsync(db, changes, cancellation))
        {
            await db.ConfigurationHead.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Revision, expectedRevision),
                cancellation
            );
            return new DocumentWriteOutcome(false, expectedRevision);
        }

        if (await ApplyAsync(db, next, changes, author, cancellation) == 0)
        {
            await db.ConfigurationHead.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Revision, expectedRevision),
                cancellation
            );
            return new DocumentWriteOutcome(true, expectedRevision);
        }

        db.Revisions.Add(
            new RevisionRow
            {
                Revision = next,
                At = author.At.ToUnixTimeTicks(),
                AuthorId = author.Person?.Value,
                Source = author.Source,
                Comment = author.Comment,
            }
        );
        await db.SaveChangesAsync(cancellation);
        return new DocumentWriteOutcome(true, next);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDocumentVersion>> HistoryAsync(
        string kind,
        string id,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(async () =>
        {
            var rows = await WithRevisions(db, db.DocumentVersions.Where(row => row.Kind == kind && row.Id == id))
                .ToListAsync(cancellation);
            return rows.Select(ToVersion).OrderByDescending(version => version.Version).ToList();
        });
    }

    /// <inheritdoc/>
    public async Task<StoredDocumentVersion?> FindVersionAsync(
        string kind,
        string id,
        int version,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(async () =>
        {
            var rows = await WithRevisions(
                    db,
                    db.DocumentVersions.Where(row => row.Kind == kind && row.Id == id && row.Version == version)
                )
                .ToListAsync(cancellation);
            return rows.Select(ToVersion).FirstOrDefault();
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDocument>> AllVersionsAsync(
        IReadOnlyCollection<string> kinds,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .DocumentVersions.AsNoTracking()
                .Where(row => kinds.Contains(row.Kind) && row.Json != null)
                .OrderBy(row => row.Kind)
                .ThenBy(row => row.Id)
                .ThenBy(row => row.Version)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Document)];
    }

    /// <inheritdoc/>
    public Task ReplaceAsync(StoredDocument version, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                await db
                    .DocumentVersions.Where(row =>
                        row.Kind == version.Kind && row.Id == version.Id && row.Version == version.Version
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Json, version.Json), token);
                return await db
                    .Documents.Where(row =>
                        row.Kind == version.Kind && row.Id == version.Id && row.Version == version.Version
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Json, version.Json), token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentRevision>> RevisionsAsync(
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(async () =>
        {
            var revisions = await db
                .Revisions.AsNoTracking()
                .Where(row => before == null || row.Revision < before)
                .OrderByDescending(row => row.Revision)
                .Take(limit)
                .ToListAsync(cancellation);
            var numbers = revisions.ConvertAll(row => row.Revision);
            var touched = await db
                .DocumentVersions.AsNoTracking()
                .Where(row => numbers.Contains(row.Revision))
                .OrderBy(row => row.Kind)
                .ThenBy(row => row.Id)
                .Select(row => new
                {
                    row.Revision,
                    row.Kind,
                    row.Id,
                    row.Version,
                    Deleted = row.Json == null,
                })
                .ToListAsync(cancellation);
            var byRevision = touched.ToLookup(
                row => row.Revision,
                row => new TouchedDocument(row.Kind, row.Id, row.Version, row.Deleted)
            );
            return revisions.ConvertAll(row => new DocumentRevision(
                row.Revision,
                Author(row),
                [.. byRevision[row.Revision]]
            ));
        });
    }

    private static async Task<int> ApplyAsync(
        ServiceDeskDb db,
        long revision,
        IReadOnlyCollection<DocumentChange> changes,
        DocumentAuthor author,
        CancellationToken cancellation
    )
    {
        var kinds = changes.Select(change => change.Kind).Distinct(StringComparer.Ordinal).ToList();
        var present = (
            await db.Documents.Where(row => kinds.Contains(row.Kind)).ToListAsync(cancellation)
        ).ToDictionary(row => (row.Kind, row.Id));
        var written = 0;
        foreach (var change in changes)
        {
            var row = present.GetValueOrDefault((change.Kind, change.Id));
            if (row?.Json == change.Json)
            {
                continue;
            }

            if (row is null)
            {
                row = new DocumentRow { Kind = change.Kind, Id = change.Id };
                present[(change.Kind, change.Id)] = row;
                db.Documents.Add(row);
            }

            (row.Version, row.Revision, row.Json) = (row.Version + 1, revision, change.Json);
            db.DocumentVersions.Add(
                new DocumentVersionRow
                {
                    Kind = row.Kind,
                    Id = row.Id,
                    Version = row.Version,
                    Revision = revision,
                    Json = row.Json,
                }
            );
            NoteChoice(db, row, author);
            written++;
        }

        return written;
    }

    // With the version, so that no server that stops in between forgets what the clocks that run shall do. Who states nothing
    // leaves them as they are, and that is a choice too; a first version has no clocks that run.
    private static void NoteChoice(ServiceDeskDb db, DocumentRow written, DocumentAuthor author)
    {
        if (
            written is not { Kind: DocumentKinds.SlaPolicy or DocumentKinds.Calendar, Json: not null }
            || (author.RunningClocks is null && written.Version == 1)
        )
        {
            return;
        }

        var mode = author is { RunningClocks: { } chosen, Person: not null } ? chosen : ChangeoverMode.NewTicketsOnly;
        var at = author.At.ToUnixTimeTicks();
        db.SlaChangeovers.Add(
            new SlaChangeoverRow
            {
                Kind = written.Kind,
                Document = written.Id,
                Version = written.Version,
                Mode = (int)mode,
                PersonId = author.Person?.Value ?? SlaChangeoverRow.Nobody,
                At = at,
                FinishedAt = mode == ChangeoverMode.NewTicketsOnly ? at : null,
            }
        );
    }

    private static Task<long> HeadAsync(ServiceDeskDb db, CancellationToken cancellation) =>
        db.ConfigurationHead.Select(row => row.Revision).SingleAsync(cancellation);

    private static IQueryable<VersionWithRevision> WithRevisions(
        ServiceDeskDb db,
        IQueryable<DocumentVersionRow> versions
    ) =>
        versions
            .AsNoTracking()
            .Join(
                db.Revisions,
                version => version.Revision,
                revision => revision.Revision,
                (version, revision) => new VersionWithRevision { Version = version, Revision = revision }
            );

    private static StoredDocument Document(DocumentVersionRow row) => new(row.Kind, row.Id, row.Version, row.Json!);

    private static StoredDocumentVersion ToVersion(VersionWithRevision row) =>
        new(
            row.Version.Kind,
            row.Version.Id,
            row.Version.Version,
            row.Version.Json,
            row.Version.Revision,
            Author(row.Revision)
        );

    private static DocumentAuthor Author(RevisionRow row) =>
        new(
            row.AuthorId is { } person ? new PersonId(person) : null,
            row.Source,
            Instant.FromUnixTimeTicks(row.At),
            row.Comment
        );

    private sealed class VersionWithRevision
    {
        public required DocumentVersionRow Version { get; init; }
        public required RevisionRow Revision { get; init; }
    }
}
