using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Reactions;

/// <inheritdoc cref="ICursorStore"/>
public sealed class CursorStore : ICursorStore, IAsyncDisposable
{
    // About what a cursor and a parked event take, without the text of its error.
    private const int BytesOfRow = 200;

    // Touches the row of the cursor, so that nobody takes the lease before the transaction ends.
    internal const string Hold =
        "UPDATE cursors SET position = position WHERE name = @p0 AND owner = @p1 AND fence = @p2";

    private const string Advance = "UPDATE cursors SET position = @p3 WHERE name = @p0 AND owner = @p1 AND fence = @p2";

    private const string Park =
        "INSERT INTO parked_events (reaction, position, ticket_id, state, attempts, next_at, error, since) "
        + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)";

    private readonly Database database;

    // A commit wakes all readers at once, and all move their cursors at nearly the same moment.
    private readonly Gathered<CursorAdvance, bool> advances;

    /// <summary>A store on the database.</summary>
    public CursorStore(Database database)
    {
        this.database = database;
        advances = new(AdvanceAsync, error => error is DbException, advance => BytesOfRow * (1 + advance.Parked.Count));
    }

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
    ) => advances.DoAsync(new CursorAdvance(lease, position, parked), cancellation);

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

    /// <summary>Writes what waits, then ends.</summary>
    public ValueTask DisposeAsync() => advances.DisposeAsync();

    private Task<IReadOnlyList<bool>> AdvanceAsync(IReadOnlyList<CursorAdvance> all) =>
        database.WriteAsync<IReadOnlyList<bool>>(
            async (turn, transaction, token) =>
            {
                // In one order on every node, so that none waits for another that waits for it.
                var places = Enumerable
                    .Range(0, all.Count)
                    .OrderBy(index => all[index].Lease.Name, StringComparer.Ordinal)
                    .ToList();
                var moved = await turn.ExecuteAsync(
                    transaction,
                    [.. places.Select(index => all[index].Move(Advance))],
                    token
                );
                var outcomes = new bool[all.Count];
                for (var at = 0; at < places.Count; at++)
                {
                    outcomes[places[at]] = moved[at] > 0;
                }

                await turn.ExecuteAsync(
                    transaction,
                    [
                        .. places
                            .Where(index => outcomes[index])
                            .SelectMany(index => all[index].Parked)
                            .Select(ToStatement),
                    ],
                    token
                );
                return outcomes;
            },
            CancellationToken.None
        );

    private static Statement ToStatement(ParkedEvent parked) =>
        new(
            Park,
            parked.Reaction,
            parked.Position,
            parked.Ticket.Value,
            (int)parked.State,
            parked.Attempts,
            parked.NextAt.ToUnixTimeTicks(),
            parked.Error,
            parked.Since.ToUnixTimeTicks()
        );

    private sealed record CursorAdvance(CursorLease Lease, long Position, IReadOnlyCollection<ParkedEvent> Parked)
    {
        public Statement Move(string sql) => new(sql, Lease.Name, Lease.Node, Lease.Fence, Position);
    }
}
