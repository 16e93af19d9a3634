using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Bulk;

/// <inheritdoc cref="IBulkRuns"/>
public sealed partial class BulkRuns(IDatabase database) : IBulkRuns
{
    private const int RowsInATurn = 500;
    private const int Previewing = (int)BulkState.Previewing;
    private const int Running = (int)BulkState.Running;
    private const int Stopping = (int)BulkState.Stopping;

    /// <inheritdoc/>
    public Task<long> AddAsync(
        PersonId by,
        string? query,
        IReadOnlyCollection<TicketId> tickets,
        Instant now,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var run = new BulkRunRow
                {
                    PersonId = by.Value,
                    State = (int)BulkState.Chosen,
                    Query = query,
                    Total = tickets.Count,
                    CreatedAt = now.ToUnixTimeTicks(),
                    SeenAt = now.ToUnixTimeTicks(),
                };
                await KeepAsync(db, run, [.. tickets.Select(ticket => ticket.Value)], token);
                return run.Id;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> SayAsync(
        long id,
        BulkChanges changes,
        bool run,
        Instant now,
        CancellationToken cancellation = default
    ) =>
        await database.WriteAsync(
            async (db, token) =>
            {
                var json = JsonSerializer.Serialize(changes, ServiceDeskJson.Stored);
                var ticks = now.ToUnixTimeTicks();
                var said = await db
                    .BulkRuns.Where(row =>
                        row.Id == id
                        && (row.State == (int)BulkState.Chosen || row.State == (int)BulkState.Previewed)
                        && row.UndoOf == null
                    )
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Changes, json)
                                .SetProperty(row => row.State, run ? Running : Previewing)
                                .SetProperty(row => row.StartedAt, run ? ticks : null)
                                .SetProperty(row => row.Owner, (string?)null)
                                .SetProperty(row => row.SeenAt, ticks),
                        token
                    );
                if (said > 0)
                {
                    await db
                        .BulkRunTickets.Where(row => row.RunId == id && row.Checked != 0)
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(row => row.Checked, 0)
                                    .SetProperty(row => row.CheckedVersion, 0)
                                    .SetProperty(row => row.Notes, (string?)null),
                            token
                        );
                }

                return said > 0;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> RunAsync(long id, Instant now, CancellationToken cancellation = default) =>
        await database.WriteAsync(
            (db, token) =>
                db
                    .BulkRuns.Where(row => row.Id == id && row.State == (int)BulkState.Previewed)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.State, Running)
                                .SetProperty(row => row.StartedAt, now.ToUnixTimeTicks())
                                .SetProperty(row => row.Owner, (string?)null)
                                .SetProperty(row => row.SeenAt, now.ToUnixTimeTicks()),
                        token
                    ),
            cancellation
        ) > 0;

    /// <inheritdoc/>
    public Task<long?> UndoAsync(long id, PersonId by, Instant now, CancellationToken cancellation = default) =>
        database.EnsureAsync<long?>(
            async (db, token) =>
            {
                var edit = await db
                    .BulkRuns.AsNoTracking()
                    .FirstOrDefaultAsync(
                        row => row.Id == id && row.State >= (int)BulkState.Done && row.UndoOf == null,
                        token
                    );
                var changed = await db
                    .BulkRunTickets.Where(row => row.RunId == id && row.Outcome == (int)BulkOutcome.Changes)
                    .OrderBy(row => row.Place)
                    .Select(row => row.TicketId)
                    .ToListAsync(token);
                if (edit is null || changed.Count == 0 || !await MakeWayAsync(db, id, token))
                {
                    return null;
                }

                var undo = new BulkRunRow
                {
                    PersonId = by.Value,
                    State = Running,
                    UndoOf = id,
                    Changes = edit.Changes,
                    Total = changed.Count,
                    CreatedAt = now.ToUnixTimeTicks(),
                    StartedAt = now.ToUnixTimeTicks(),
                    SeenAt = now.ToUnixTimeTicks(),
                };
                await KeepAsync(db, undo, changed, token);
                return undo.Id;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(long id, Instant now, CancellationToken cancellation = default) =>
        await database.WriteAsync(
            (db, token) =>
                db
                    .BulkRuns.Where(row =>
                        row.Id == id && row.UndoOf == null && (row.State == Previewing || row.State == Running)
                    )
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(
                                    row => row.State,
                                    row => row.State == Running ? Stopping : (int)BulkState.Cancelled
                                )
                                .SetProperty(row => row.FinishedAt, now.ToUnixTimeTicks()),
                        token
                    ),
            cancellation
        ) > 0;

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant idleSince, Instant endedBefore, CancellationToken cancellation = default) =>
        database.WriteAsync(
            (db, token) =>
            {
                var (idle, ended) = (idleSince.ToUnixTimeTicks(), endedBefore.ToUnixTimeTicks());
                return db
                    .BulkRuns.Where(row =>
                        row.StartedAt == null && row.State != Previewing ? row.SeenAt < idle : row.FinishedAt < ended
                    )
                    .Where(row => !db.BulkRuns.Any(undo => undo.UndoOf == row.Id && undo.FinishedAt == null))
                    .ExecuteDeleteAsync(token);
            },
            cancellation
        );

    // An undo that could take nothing back, as of somebody who might not, does not stand in the way of another one.
    private static async Task<bool> MakeWayAsync(ServiceDeskDb db, long edit, CancellationToken cancellation)
    {
        var earlier = await db.BulkRuns.FirstOrDefaultAsync(row => row.UndoOf == edit, cancellation);
        if (earlier is null)
        {
            return true;
        }

        var hasChanged = db.BulkRunTickets.Where(row =>
            row.RunId == earlier.Id && row.Outcome == (int)BulkOutcome.Changes
        );
        if (earlier.FinishedAt is null || await hasChanged.AnyAsync(cancellation))
        {
            return false;
        }

        await db.BulkRuns.Where(row => row.Id == earlier.Id).ExecuteDeleteAsync(cancellation);
        db.ChangeTracker.Clear();
        return true;
    }

    private static async Task KeepAsync(
        ServiceDeskDb db,
        BulkRunRow run,
        IReadOnlyList<long> tickets,
        CancellationToken cancellation
    )
    {
        db.BulkRuns.Add(run);
        await db.SaveChangesAsync(cancellation);
        foreach (var some in tickets.Index().Chunk(RowsInATurn))
        {
            db.BulkRunTickets.AddRange(
                some.Select(one => new BulkRunTicketRow
                {
                    RunId = run.Id,
                    Place = one.Index + 1,
                    TicketId = one.Item,
                })
            );
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}
