using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Timers;

/// <inheritdoc cref="IHistoryHolds"/>
public sealed class HistoryHolds(Database database) : IHistoryHolds
{
    private readonly string take = database.Dialect.InsertIfMissing("history_holds", "holder, lease_until", "@p0, 0");

    private readonly string renew =
        $"UPDATE history_holds SET lease_until = {database.Dialect.NowTicks} + @p1 WHERE holder = @p0";

    // Those who died take nothing back, so the next one to end does it for them.
    private readonly string release =
        $"DELETE FROM history_holds WHERE holder = @p0 OR lease_until <= {database.Dialect.NowTicks}";

    private readonly string running =
        $"SELECT lease_until AS \"Value\" FROM history_holds WHERE lease_until > {database.Dialect.NowTicks}";

    /// <inheritdoc/>
    public Task HoldAsync(string holder, Duration lease, CancellationToken cancellation) =>
        WriteAsync([new Statement(take, holder), new Statement(renew, holder, lease.BclCompatibleTicks)], cancellation);

    /// <inheritdoc/>
    public Task ReleaseAsync(string holder, CancellationToken cancellation) =>
        WriteAsync([new Statement(release, holder)], cancellation);

    /// <inheritdoc/>
    public async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var ends = await Reading.AvailableAsync(() => db.Database.SqlQueryRaw<long>(running).ToListAsync(cancellation));
        return ends.Count > 0;
    }

    private Task WriteAsync(Statement[] statements, CancellationToken cancellation) =>
        database.WriteAsync(
            (turn, transaction, token) => turn.ExecuteAsync(transaction, statements, token),
            cancellation
        );
}
