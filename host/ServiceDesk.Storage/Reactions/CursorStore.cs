using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Reactions;

/// <inheritdoc cref="ICursorStore"/>
public sealed class CursorStore(Database database) : ICursorStore
{
    // Touches the row of the cursor, so that nobody takes the lease before the transaction ends.
    internal const string Hold =
        "UPDATE cursors SET position = position WHERE name = @p0 AND owner = @p1 AND fence = @p2";

    private const string Advance = "UPDATE cursors SET position = @p3 WHERE name = @p0 AND owner = @p1 AND fence = @p2";

    private const string Park =
        "INSERT INTO parked_events (reaction, position, ticket_id, state, attempts, next_at, error, since) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)";

    /// <inheritdoc/>
    public Task<CursorLease?> AcquireAsync(
        string name,
        string node,
        Duration lease,
        long startAt,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async (turn, transaction, token) =>
            {
                var now = database.Dialect.NowTicks;
                var counts = await turn.ExecuteAsync(
                    transaction,
                    [
                        new Statement(
                            database.Dialect.InsertIfMissing(
                                "cursors",
                                "name, position, lease_until, fence",
                                "@p0, @p1, 0, 0"
                            ),
                            name,
                            startAt
                        ),
                        new Statement(
                            "UPDATE cursors SET fence = CASE WHEN owner = @p1 THEN fence ELSE fence + 1 END, "
                                + $"owner = @p1, lease_until = {now} + @p2 "
                                + $"WHERE name = @p0 AND (owner = @p1 OR lease_until <= {now})",
                            name,
                            node,
                            lease.BclCompatibleTicks
                        ),
                    ],
                    token
                );
                if (counts[1] == 0)
                {
                    return null;
                }

                var rows = await turn.QueryAsync(
                    transaction,
                    new Statement("SELECT position, fence FROM cursors WHERE name = @p0", name),
                    token
                );
                return new CursorLease(name, node, RowValues.Whole(rows[0][0]), RowValues.Whole(rows[0][1]));
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> AdvanceAsync(
        CursorLease lease,
        long position,
        IReadOnlyCollection<ParkedEvent> parked,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async (turn, transaction, token) =>
            {
                var moved = await turn.ExecuteAsync(
                    transaction,
                    [new Statement(Advance, lease.Name, lease.Node, lease.Fence, position)],
                    token
                );
                if (moved[0] == 0)
                {
                    return false;
                }

                await turn.ExecuteAsync(
                    transaction,
                    [
                        .. parked.Select(e => new Statement(
                            Park,
                            e.Reaction,
                            e.Position,
                            e.Ticket.Value,
                            (int)e.State,
                            e.Attempts,
                            e.NextAt.ToUnixTimeTicks(),
                            e.Error,
                            e.Since.ToUnixTimeTicks()
                        )),
                    ],
                    token
                );
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task ReleaseAsync(CursorLease lease, CancellationToken cancellation) =>
        database.WriteAsync(
            (turn, transaction, token) =>
                turn.ExecuteAsync(
                    transaction,
                    [
                        new Statement(
                            "UPDATE cursors SET owner = NULL, lease_until = 0 WHERE name = @p0 AND owner = @p1 AND fence = @p2",
                            lease.Name,
                            lease.Node,
                            lease.Fence
                        ),
                    ],
                    token
                ),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> PositionsAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.Cursors.AsNoTracking().ToDictionaryAsync(row => row.Name, row => row.Position, cancellation)
        );
    }
}
