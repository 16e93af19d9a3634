using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Automation;

/// <inheritdoc cref="IRuleDrafts"/>
public sealed class RuleDrafts(IDatabase database) : IRuleDrafts
{
    /// <inheritdoc/>
    public async Task<RuleDraft?> FindAsync(string rule, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.RuleDrafts.AsNoTracking().FirstOrDefaultAsync(row => row.Rule == rule, cancellation)
        );
        return row is null ? null : ToDraft(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleDraft>> AllAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.RuleDrafts.AsNoTracking().OrderBy(row => row.Rule).ToListAsync(cancellation)
        );
        return [.. rows.Select(ToDraft)];
    }

    /// <inheritdoc/>
    public Task SaveAsync(RuleDraft draft, CancellationToken cancellation) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var row = await db.RuleDrafts.FirstOrDefaultAsync(row => row.Rule == draft.Rule, token);
                if (row is null)
                {
                    row = new RuleDraftRow { Rule = draft.Rule };
                    db.RuleDrafts.Add(row);
                }

                row.BaseVersion = draft.BaseVersion;
                row.Document = draft.Document;
                row.PersonId = draft.By.Value;
                row.At = draft.At.ToUnixTimeTicks();
                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(string rule, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) => db.RuleDrafts.Where(row => row.Rule == rule).ExecuteDeleteAsync(token),
            cancellation
        );

    private static RuleDraft ToDraft(RuleDraftRow row) =>
        new(row.Rule, row.BaseVersion, row.Document, new PersonId(row.PersonId), Instant.FromUnixTimeTicks(row.At));
}
