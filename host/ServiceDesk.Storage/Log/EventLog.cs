using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Log;

/// <inheritdoc cref="IEventLog"/>
public sealed class EventLog(IDatabase database, EventCatalog catalog) : IEventLog
{
    /// <inheritdoc/>
    public async Task<long> HeadAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => db.LogHead.Select(row => row.Position).SingleAsync(cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Events.AsNoTracking()
                .Where(row => row.Position > after)
                .OrderBy(row => row.Position)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(row => Read(row, catalog))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> ReadTicketAsync(TicketId ticket, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Events.AsNoTracking()
                .Where(row => row.TicketId == ticket.Value)
                .OrderBy(row => row.Version)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(row => Read(row, catalog))];
    }

    /// <summary>The event that a row holds.</summary>
    internal static RecordedEvent Read(EventRow row, EventCatalog catalog) =>
        new(
            new TicketId(row.TicketId),
            row.Version,
            row.Position,
            catalog.Read(row.Name, row.Payload),
            Instant.FromUnixTimeTicks(row.At),
            new Actor(
                (ActorKind)row.ActorKind,
                row.ActorPersonId is { } person ? new PersonId(person) : null,
                row.ActorName
            ),
            row.ConfigurationRevision,
            row.Cause,
            row.Depth
        );
}
