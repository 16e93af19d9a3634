using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Bulk;

// Who works on an edit, and what comes of it.
public sealed partial class BulkRuns
{
    /// <inheritdoc/>
    public async Task<bool> ClaimAsync(
        long id,
        string owner,
        Instant now,
        Instant unheardSince,
        CancellationToken cancellation = default
    ) =>
        await database.WriteAsync(
            (db, token) =>
                Unclaimed(db, unheardSince)
                    .Where(row => row.Id == id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Owner, owner)
                                .SetProperty(row => row.SeenAt, now.ToUnixTimeTicks()),
                        token
                    ),
            cancellation
        ) > 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<long>> UnclaimedAsync(
        Instant unheardSince,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            Unclaimed(db, unheardSince).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BulkTicket>> WaitingAsync(
        long id,
        bool preview,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Only(db.BulkRunTickets.AsNoTracking(), preview, 0)
                .Where(row => row.RunId == id)
                .OrderBy(row => row.Place)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public Task<bool> RecordAsync(
        long id,
        string owner,
        bool preview,
        IReadOnlyCollection<BulkTicket> tickets,
        Instant now,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var isOwner =
                    await db
                        .BulkRuns.Where(row =>
                            row.Id == id && row.Owner == owner && row.State == (preview ? Previewing : Running)
                        )
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now.ToUnixTimeTicks()), token)
                    > 0;
                var places = tickets.Select(ticket => ticket.Place).ToList();
                var rows = await db
                    .BulkRunTickets.Where(row => row.RunId == id && places.Contains(row.Place))
                    .ToDictionaryAsync(row => row.Place, token);
                // Who is no longer at it tells only what it did, and what nobody else has told.
                foreach (
                    var ticket in tickets.Where(ticket =>
                        isOwner || (!preview && (ticket.IsDone || rows[ticket.Place].Outcome == 0))
                    )
                )
                {
                    Write(rows[ticket.Place], ticket, preview);
                }

                await db.SaveChangesAsync(token);
                return isOwner;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task EndAsync(long id, string owner, Instant now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var row = await db.BulkRuns.FirstOrDefaultAsync(row => row.Id == id && row.Owner == owner, token);
                if (row is { State: Previewing or Running or Stopping })
                {
                    row.FinishedAt = row.State == Previewing ? null : now.ToUnixTimeTicks();
                    row.State = (int)(
                        row.State switch
                        {
                            Previewing => BulkState.Previewed,
                            Running => BulkState.Done,
                            _ => BulkState.Cancelled,
                        }
                    );
                    (row.Owner, row.SeenAt) = (null, now.ToUnixTimeTicks());
                    await db.SaveChangesAsync(token);
                }
            },
            cancellation
        );

    private static IQueryable<BulkRunRow> Unclaimed(ServiceDeskDb db, Instant unheardSince)
    {
        var ticks = unheardSince.ToUnixTimeTicks();
        return db.BulkRuns.Where(row =>
            (row.State == Previewing || row.State == Running || row.State == Stopping)
            && (row.Owner == null || row.SeenAt < ticks)
        );
    }

    private static void Write(BulkRunTicketRow row, BulkTicket ticket, bool preview)
    {
        row.Notes =
            ticket.Notes == BulkNotes.None ? null : JsonSerializer.Serialize(ticket.Notes, ServiceDeskJson.Stored);
        if (preview)
        {
            (row.Checked, row.CheckedVersion) = ((int)ticket.Checked, ticket.CheckedVersion);
            return;
        }

        row.Outcome = (int)ticket.Outcome;
        (row.FromVersion, row.ToVersion) = (ticket.FromVersion, ticket.ToVersion);
    }
}
