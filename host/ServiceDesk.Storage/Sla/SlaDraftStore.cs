using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="ISlaDraftStore"/>
public sealed class SlaDraftStore(IDatabase database) : ISlaDraftStore
{
    /// <inheritdoc/>
    public async Task<SlaDraft?> FindAsync(string kind, string document, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db
                .SlaDrafts.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Kind == kind && row.Document == document, cancellation)
        );
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlaDraft>> AllAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.SlaDrafts.AsNoTracking().OrderBy(row => row.Kind).ThenBy(row => row.Document).ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public Task SaveAsync(SlaDraft draft, CancellationToken cancellation) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var row = await db.SlaDrafts.FirstOrDefaultAsync(
                    row => row.Kind == draft.Kind && row.Document == draft.Document,
                    token
                );
                if (row is null)
                {
                    row = new SlaDraftRow { Kind = draft.Kind, Document = draft.Document };
                    db.SlaDrafts.Add(row);
                }

                Write(row, draft);
                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(SlaDraft? read, SlaDraft draft, CancellationToken cancellation) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                if (read is not null)
                {
                    return await Same(db, read)
                            .ExecuteUpdateAsync(
                                row =>
                                    row.SetProperty(one => one.BaseVersion, draft.BaseVersion)
                                        .SetProperty(one => one.Yaml, draft.Yaml)
                                        .SetProperty(one => one.PersonId, draft.By.Value)
                                        .SetProperty(one => one.At, draft.At.ToUnixTimeTicks()),
                                token
                            ) == 1;
                }

                if (await db.SlaDrafts.AnyAsync(row => row.Kind == draft.Kind && row.Document == draft.Document, token))
                {
                    return false;
                }

                db.SlaDrafts.Add(Write(new SlaDraftRow { Kind = draft.Kind, Document = draft.Document }, draft));
                return await db.SaveChangesAsync(token) == 1;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(string kind, string document, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) =>
                db.SlaDrafts.Where(row => row.Kind == kind && row.Document == document).ExecuteDeleteAsync(token),
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(SlaDraft read, CancellationToken cancellation) =>
        database.WriteAsync((db, token) => Same(db, read).ExecuteDeleteAsync(token), cancellation);

    private static IQueryable<SlaDraftRow> Same(ServiceDeskDb db, SlaDraft read)
    {
        var (person, at) = (read.By.Value, read.At.ToUnixTimeTicks());
        return db.SlaDrafts.Where(row =>
            row.Kind == read.Kind
            && row.Document == read.Document
            && row.BaseVersion == read.BaseVersion
            && row.PersonId == person
            && row.At == at
            && row.Yaml == read.Yaml
        );
    }

    private static SlaDraftRow Write(SlaDraftRow row, SlaDraft draft)
    {
        row.BaseVersion = draft.BaseVersion;
        row.Yaml = draft.Yaml;
        row.PersonId = draft.By.Value;
        row.At = draft.At.ToUnixTimeTicks();
        return row;
    }

    private static SlaDraft Read(SlaDraftRow row) =>
        new(
            row.Kind,
            row.Document,
            row.BaseVersion,
            row.Yaml,
            new PersonId(row.PersonId),
            Instant.FromUnixTimeTicks(row.At)
        );
}
