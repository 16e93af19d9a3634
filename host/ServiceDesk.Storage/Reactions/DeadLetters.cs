using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Reactions;

/// <inheritdoc cref="IDeadLetters"/>
public sealed class DeadLetters(Database database) : IDeadLetters
{
    private const int Dead = (int)ParkedState.Dead;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ParkedEvent>> DueAsync(
        string reaction,
        Instant now,
        int limit,
        CancellationToken cancellation
    )
    {
        var until = now.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .ParkedEvents.AsNoTracking()
                .Where(row => row.Reaction == reaction && row.State != Dead && row.NextAt <= until)
                .Where(row =>
                    !db.ParkedEvents.Any(earlier =>
                        earlier.Reaction == reaction
                        && earlier.TicketId == row.TicketId
                        && earlier.State != Dead
                        && earlier.Position < row.Position
                    )
                )
                .OrderBy(row => row.Position)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToParked)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<TicketId>> BlockedAsync(string reaction, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var tickets = await Reading.AvailableAsync(() =>
            db
                .ParkedEvents.Where(row => row.Reaction == reaction && row.State != Dead)
                .Select(row => row.TicketId)
                .Distinct()
                .ToListAsync(cancellation)
        );
        return tickets.Select(id => new TicketId(id)).ToHashSet();
    }

    /// <inheritdoc/>
    public Task<bool> SettleAsync(
        CursorLease lease,
        ParkedEvent was,
        ParkedEvent? becomes,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async (turn, transaction, token) =>
            {
                var held = await turn.ExecuteAsync(
                    transaction,
                    [new Statement(CursorStore.Hold, lease.Name, lease.Node, lease.Fence)],
                    token
                );
                if (held[0] == 0)
                {
                    return false;
                }

                var statement = becomes is null
                    ? new Statement(
                        "DELETE FROM parked_events WHERE reaction = @p0 AND position = @p1",
                        was.Reaction,
                        was.Position
                    )
                    : new Statement(
                        "UPDATE parked_events SET state = @p2, attempts = @p3, next_at = @p4, error = @p5 "
                            + "WHERE reaction = @p0 AND position = @p1",
                        was.Reaction,
                        was.Position,
                        (int)becomes.State,
                        becomes.Attempts,
                        becomes.NextAt.ToUnixTimeTicks(),
                        becomes.Error
                    );
                await turn.ExecuteAsync(transaction, [statement], token);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ParkedEvent>> DeadAsync(int limit, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .ParkedEvents.AsNoTracking()
                .Where(row => row.State == Dead)
                .OrderByDescending(row => row.Position)
                .ThenBy(row => row.Reaction)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(ToParked)];
    }

    /// <inheritdoc/>
    public async Task<(int Dead, int Waiting)> CountAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var dead = await Reading.AvailableAsync(() =>
            db.ParkedEvents.CountAsync(row => row.State == Dead, cancellation)
        );
        var waiting = await Reading.AvailableAsync(() =>
            db.ParkedEvents.CountAsync(row => row.State != Dead, cancellation)
        );
        return (dead, waiting);
    }

    /// <inheritdoc/>
    public async Task<bool> ReplayAsync(string reaction, long position, Instant now, CancellationToken cancellation)
    {
        var at = now.ToUnixTimeTicks();
        return await database.WriteAsync(
                (db, token) =>
                    Of(db, reaction, position)
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(row => row.State, (int)ParkedState.Retrying)
                                    .SetProperty(row => row.Attempts, 0)
                                    .SetProperty(row => row.NextAt, at),
                            token
                        ),
                cancellation
            ) > 0;
    }

    /// <inheritdoc/>
    public async Task<bool> DismissAsync(string reaction, long position, CancellationToken cancellation) =>
        await database.WriteAsync((db, token) => Of(db, reaction, position).ExecuteDeleteAsync(token), cancellation)
        > 0;

    private static IQueryable<ParkedEventRow> Of(ServiceDeskDb db, string reaction, long position) =>
        db.ParkedEvents.Where(row => row.Reaction == reaction && row.Position == position && row.State == Dead);

    private static ParkedEvent ToParked(ParkedEventRow row) =>
        new(
            row.Reaction,
            row.Position,
            new TicketId(row.TicketId),
            (ParkedState)row.State,
            row.Attempts,
            Instant.FromUnixTimeTicks(row.NextAt),
            row.Error,
            Instant.FromUnixTimeTicks(row.Since)
        );
}
