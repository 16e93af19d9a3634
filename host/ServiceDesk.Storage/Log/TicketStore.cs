using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <inheritdoc cref="ITicketStore"/>
public sealed class TicketStore : ITicketStore, IAsyncDisposable
{
    private const string Identities = "ticket";
    private const int ForgetStep = 1000;

    // About as large as a snapshot is read.
    private const int SnapshotBytes = 4096;

    private readonly Database database;
    private readonly EventCatalog catalog;
    private readonly SnapshotJson json;
    private readonly TicketExtensions extensions;
    private readonly Committer committer;
    private readonly NumberBlocks numbers;
    private readonly Gathered<long, string?> snapshots;

    public TicketStore(Database database, EventCatalog catalog, SnapshotJson json, TicketExtensions extensions)
    {
        this.database = database;
        this.catalog = catalog;
        this.json = json;
        this.extensions = extensions;
        committer = new Committer(database);
        numbers = new NumberBlocks(database);
        snapshots = new(ReadAsync, _ => false, _ => SnapshotBytes);
    }

    /// <inheritdoc/>
    public async Task<TicketSnapshot?> LoadAsync(TicketId id, CancellationToken cancellation)
    {
        var text = await snapshots.DoAsync(id.Value, cancellation);
        return text is null ? null : json.Read(text);
    }

    /// <inheritdoc/>
    public async Task<TicketId?> FindAsync(TicketKey key, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var id = await Reading.AvailableAsync(() =>
            db
                .TicketKeys.Where(row => row.Desk == key.Desk && row.Number == key.Number)
                .Select(row => (long?)row.TicketId)
                .FirstOrDefaultAsync(cancellation)
        );
        return id is { } found ? new TicketId(found) : null;
    }

    /// <inheritdoc/>
    public async Task<TicketReservation> ReserveAsync(string desk, CancellationToken cancellation)
    {
        var id = await numbers.TakeAsync(Identities, cancellation);
        var number = await numbers.TakeAsync("desk:" + desk, cancellation);
        return new TicketReservation(new TicketId(id), new TicketKey(desk, checked((int)number)));
    }

    /// <inheritdoc/>
    public void Release(TicketReservation reservation)
    {
        numbers.Release(Identities, reservation.Id.Value);
        numbers.Release("desk:" + reservation.Key.Desk, reservation.Key.Number);
    }

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(TicketCommit commit, CancellationToken cancellation) =>
        committer.CommitAsync(new PreparedCommit(commit, catalog, json, extensions), cancellation);

    /// <inheritdoc/>
    public async Task<IdempotencyRecord?> FindAnswerAsync(string idempotencyKey, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(r => r.Key == idempotencyKey, cancellation)
        );
        return row is null
            ? null
            : new IdempotencyRecord(
                row.Key,
                new TicketId(row.TicketId),
                row.FromVersion,
                row.ToVersion,
                Instant.FromUnixTimeTicks(row.At),
                row.Fingerprint
            );
    }

    /// <inheritdoc/>
    public async Task<int> ForgetAnswersAsync(
        IReadOnlyList<string> prefixes,
        Instant before,
        CancellationToken cancellation
    )
    {
        var until = before.ToUnixTimeTicks();
        var forgotten = 0;
        foreach (var prefix in prefixes)
        {
            int count;
            do
            {
                // In steps, so that commits wait for none of them long.
                count = await ((IDatabase)database).WriteAsync(
                    (db, token) =>
                        db
                            .IdempotencyKeys.Where(row =>
                                db.IdempotencyKeys.Where(old => old.At < until && old.Key.StartsWith(prefix))
                                    .Take(ForgetStep)
                                    .Select(old => old.Key)
                                    .Contains(row.Key)
                            )
                            .ExecuteDeleteAsync(token),
                    cancellation
                );
                forgotten += count;
            } while (count == ForgetStep);
        }

        return forgotten;
    }

    /// <summary>Writes what waits and gives unused numbers back.</summary>
    public async ValueTask DisposeAsync()
    {
        await committer.DisposeAsync();
        await snapshots.DisposeAsync();
        await numbers.DisposeAsync();
    }

    private async Task<IReadOnlyList<string?>> ReadAsync(IReadOnlyList<long> tickets)
    {
        await using var db = database.CreateDbContext();
        if (tickets is [var only])
        {
            var text = await db
                .Snapshots.Where(row => row.TicketId == only)
                .Select(row => row.Json)
                .FirstOrDefaultAsync();
            return [text];
        }

        var found = await db
            .Snapshots.Where(row => tickets.Contains(row.TicketId))
            .Select(row => new { row.TicketId, row.Json })
            .ToDictionaryAsync(row => row.TicketId, row => row.Json);
        return [.. tickets.Select(ticket => found.GetValueOrDefault(ticket))];
    }
}
