using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="ISlaChangeovers"/>
public sealed class SlaChangeovers(IDatabase database) : ISlaChangeovers
{
    /// <inheritdoc/>
    public async Task<SlaChangeover?> NextAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db
                .SlaChangeovers.AsNoTracking()
                .Where(row => row.FinishedAt == null)
                .OrderBy(row => row.Id)
                .FirstOrDefaultAsync(cancellation)
        );
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<bool> ProgressAsync(SlaChangeover to, TicketId from, CancellationToken cancellation)
    {
        var finished = to.FinishedAt?.ToUnixTimeTicks();
        return await database.WriteAsync(
                (db, token) =>
                    db
                        .SlaChangeovers.Where(row =>
                            row.Id == to.Id && row.Position == from.Value && row.FinishedAt == null
                        )
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(row => row.Position, to.Position.Value)
                                    .SetProperty(row => row.Seen, to.Seen)
                                    .SetProperty(row => row.Changed, to.Changed)
                                    .SetProperty(row => row.Failed, to.Failed)
                                    .SetProperty(row => row.FinishedAt, finished),
                            token
                        ),
                cancellation
            ) > 0;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlaChangeover>> ListAsync(
        string? kind,
        string? document,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .SlaChangeovers.AsNoTracking()
                .Where(row => (kind == null || row.Kind == kind) && (document == null || row.Document == document))
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    private static SlaChangeover Read(SlaChangeoverRow row) =>
        new()
        {
            Id = row.Id,
            Kind = row.Kind,
            Document = row.Document,
            Version = row.Version,
            Mode = (ChangeoverMode)row.Mode,
            By = row.PersonId == SlaChangeoverRow.Nobody ? null : new PersonId(row.PersonId),
            At = Instant.FromUnixTimeTicks(row.At),
            FinishedAt = row.FinishedAt is { } end ? Instant.FromUnixTimeTicks(end) : null,
            Position = new TicketId(row.Position),
            Seen = row.Seen,
            Changed = row.Changed,
            Failed = row.Failed,
        };
}
