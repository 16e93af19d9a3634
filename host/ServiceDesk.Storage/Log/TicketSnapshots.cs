using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <summary>Reads many tickets at once for those who follow the log. No access check.</summary>
public interface ITicketSnapshots
{
    /// <summary>The tickets with these identities as they are now; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<TicketId, TicketSnapshot>> FindAsync(
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation
    );
}

/// <inheritdoc cref="ITicketSnapshots"/>
public sealed class TicketSnapshots(IDatabase database, SnapshotJson json) : ITicketSnapshots
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TicketId, TicketSnapshot>> FindAsync(
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation
    )
    {
        var ids = tickets.Select(ticket => ticket.Value).ToArray();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var rows = await Reading.AvailableAsync(() =>
            db
                .Tickets.AsNoTracking()
                .Where(ticket => ids.Contains(ticket.Id))
                .Select(ticket => ticket.Snapshot!.Json)
                .ToListAsync(cancellation)
        );
        return rows.Select(json.Read).ToDictionary(snapshot => snapshot.State.Id);
    }
}
