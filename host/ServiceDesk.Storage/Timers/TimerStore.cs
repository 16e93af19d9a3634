using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Timers;

/// <inheritdoc cref="ITimerStore"/>
public sealed class TimerStore(Database database) : ITimerStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedTimer>> ClaimDueAsync(
        string node,
        Instant now,
        int limit,
        Duration lease,
        CancellationToken cancellation
    ) =>
        database.WriteAsync<IReadOnlyList<ClaimedTimer>>(
            async (turn, transaction, token) =>
            {
                var rows = await turn.QueryAsync(
                    transaction,
                    new Statement(
                        database.Dialect.ClaimDueTimers,
                        node,
                        now.ToUnixTimeTicks(),
                        lease.BclCompatibleTicks,
                        limit
                    ),
                    token
                );
                return
                [
                    .. rows.Select(row => new ClaimedTimer(
                            new TicketId(RowValues.Whole(row[0])),
                            (string)row[1]!,
                            Instant.FromUnixTimeTicks(RowValues.Whole(row[2])),
                            RowValues.Whole(row[3])
                        ))
                        .OrderBy(timer => timer.DueAt)
                        .ThenBy(timer => timer.Ticket.Value),
                ];
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<Instant?> NextDueAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        // Whether a claim has ended is asked of the database, whose clock it ends by.
        var due = await Reading.AvailableAsync(() =>
            db.Database.SqlQueryRaw<long>(database.Dialect.NextDueTimer).ToListAsync(cancellation)
        );
        return due.Count == 0 ? null : Instant.FromUnixTimeTicks(due[0]);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(ClaimedTimer timer, bool remove, CancellationToken cancellation) =>
        ExecuteAsync(
            remove ? "DELETE FROM timers" : "UPDATE timers SET owner = NULL, lease_until = 0",
            timer,
            cancellation
        );

    /// <inheritdoc/>
    public Task MoveAsync(ClaimedTimer timer, Instant dueAt, CancellationToken cancellation) =>
        ExecuteAsync(
            "UPDATE timers SET due_at = @p4, owner = NULL, lease_until = 0",
            timer,
            cancellation,
            dueAt.ToUnixTimeTicks()
        );

    // The fence keeps what was derived anew meanwhile.
    private Task ExecuteAsync(
        string what,
        ClaimedTimer timer,
        CancellationToken cancellation,
        params IEnumerable<object> more
    ) =>
        database.WriteAsync(
            (turn, transaction, token) =>
                turn.ExecuteAsync(
                    transaction,
                    [
                        new Statement(
                            what + " WHERE ticket_id = @p0 AND \"key\" = @p1 AND due_at = @p2 AND fence = @p3",
                            [timer.Ticket.Value, timer.Key, timer.DueAt.ToUnixTimeTicks(), timer.Fence, .. more]
                        ),
                    ],
                    token
                ),
            cancellation
        );
}
