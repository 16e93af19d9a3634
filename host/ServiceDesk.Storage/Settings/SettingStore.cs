using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Settings;

/// <inheritdoc cref="ISettingStore"/>
public sealed class SettingStore(IDatabase database, IClock clock) : ISettingStore
{
    /// <inheritdoc/>
    public async Task<StoredSetting?> FindAsync(string owner, string name, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Settings.AsNoTracking().FirstOrDefaultAsync(r => r.Owner == owner && r.Name == name, cancellation)
        );
        return row is null ? null : ToSetting(row);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredSetting>> AllAsync(
        string owner,
        CancellationToken cancellation = default
    ) => ReadAsync(rows => rows.Where(r => r.Owner == owner), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredSetting>> FindAsync(
        string owner,
        IReadOnlyCollection<string> names,
        CancellationToken cancellation = default
    ) => ReadAsync(rows => rows.Where(r => r.Owner == owner && names.Contains(r.Name)), cancellation);

    /// <inheritdoc/>
    public Task SaveAsync(
        string owner,
        string name,
        string? json,
        PersonId? author,
        CancellationToken cancellation = default
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                var at = clock.GetCurrentInstant().ToUnixTimeTicks();
                var row = await db.Settings.FirstOrDefaultAsync(r => r.Owner == owner && r.Name == name, token);
                if (json is null)
                {
                    db.Settings.RemoveRange(row is null ? [] : [row]);
                }
                else if (row is null)
                {
                    db.Settings.Add(
                        new SettingRow
                        {
                            Owner = owner,
                            Name = name,
                            Json = json,
                            At = at,
                            AuthorId = author?.Value,
                        }
                    );
                }
                else
                {
                    (row.Json, row.At, row.AuthorId) = (json, at, author?.Value);
                }

                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    private async Task<IReadOnlyDictionary<string, StoredSetting>> ReadAsync(
        Func<IQueryable<SettingRow>, IQueryable<SettingRow>> which,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() => which(db.Settings.AsNoTracking()).ToListAsync(cancellation));
        return rows.ToDictionary(row => row.Name, ToSetting, StringComparer.Ordinal);
    }

    private static StoredSetting ToSetting(SettingRow row) =>
        new(row.Json, Instant.FromUnixTimeTicks(row.At), row.AuthorId is { } author ? new PersonId(author) : null);
}
