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

                row.BaseVersion = draft.BaseVersion;
                row.Yaml = draft.Yaml;
                row.PersonId = draft.By.Value;
                row.At = draft.At.ToUnixTimeTicks();
                return await db.SaveChangesAsync(token);
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
