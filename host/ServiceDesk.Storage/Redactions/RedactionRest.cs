using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Storage.Redactions;

/// <inheritdoc cref="IRedactionRest"/>
public sealed class RedactionRest(Database database, IFileStore files) : IRedactionRest
{
    /// <inheritdoc/>
    public async Task<int> FinishAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var open = await Reading.AvailableAsync(() =>
            db.Redactions.AsNoTracking().Where(row => !row.IsFinished).ToListAsync(cancellation)
        );
        foreach (var content in open.Select(row => row.Content).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await files.RemoveUnusedAsync(content, cancellation);
        }

        if (open.Exists(row => row.FileId == 0))
        {
            await database.Dialect.EraseAsync(database, cancellation);
        }

        foreach (var (ticket, version) in open.Select(row => (row.TicketId, row.Version)).Distinct())
        {
            await ((IDatabase)database).WriteAsync(
                (db, token) =>
                    db
                        .Redactions.Where(row => row.TicketId == ticket && row.Version == version)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsFinished, true), token),
                cancellation
            );
        }

        return open.Count;
    }
}
