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

                Write(row, draft);
                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(RuleDraft? read, RuleDraft draft, CancellationToken cancellation) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                if (read is not null)
                {
                    return await Same(db, read)
                            .ExecuteUpdateAsync(
                                row =>
                                    row.SetProperty(one => one.BaseVersion, draft.BaseVersion)
                                        .SetProperty(one => one.Document, draft.Document)
                                        .SetProperty(one => one.PersonId, draft.By.Value)
                                        .SetProperty(one => one.At, draft.At.ToUnixTimeTicks()),
                                token
                            ) == 1;
                }

                if (await db.RuleDrafts.AnyAsync(row => row.Rule == draft.Rule, token))
                {
                    return false;
                }

                db.RuleDrafts.Add(Write(new RuleDraftRow { Rule = draft.Rule }, draft));
                return await db.SaveChangesAsync(token) == 1;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(string rule, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) => db.RuleDrafts.Where(row => row.Rule == rule).ExecuteDeleteAsync(token),
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(RuleDraft read, CancellationToken cancellation) =>
        database.WriteAsync((db, token) => Same(db, read).ExecuteDeleteAsync(token), cancellation);

    private static IQueryable<RuleDraftRow> Same(ServiceDeskDb db, RuleDraft read)
    {
        var (person, at) = (read.By.Value, read.At.ToUnixTimeTicks());
        return db.RuleDrafts.Where(row =>
            row.Rule == read.Rule
            && row.BaseVersion == read.BaseVersion
            && row.PersonId == person
            && row.At == at
            && row.Document == read.Document
        );
    }

    private static RuleDraftRow Write(RuleDraftRow row, RuleDraft draft)
    {
        row.BaseVersion = draft.BaseVersion;
        row.Document = draft.Document;
        row.PersonId = draft.By.Value;
        row.At = draft.At.ToUnixTimeTicks();
        return row;
    }

    private static RuleDraft ToDraft(RuleDraftRow row) =>
        new(row.Rule, row.BaseVersion, row.Document, new PersonId(row.PersonId), Instant.FromUnixTimeTicks(row.At));
}
