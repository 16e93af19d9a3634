using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="ITicketLives"/>
public sealed class TicketLives(IDatabase database) : ITicketLives
{
    private const int Stopped = 3;
    private static readonly int[] Unstopped = [(int)ClockStatus.Running, (int)ClockStatus.Paused];
    private const int AtOnce = 200;

    /// <inheritdoc/>
    public async Task<int> CountAsync(LivesQuestion question, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => Asked(db, question).CountAsync(cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredLife>> ReadAsync(
        LivesQuestion question,
        TicketId after,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(async () =>
        {
            var tickets = await Asked(db, question)
                .Where(row => row.Id > after.Value)
                .OrderBy(row => row.Id)
                .Take(limit)
                .Select(row => new
                {
                    row.Id,
                    row.Version,
                    row.Snapshot!.Json,
                })
                .ToListAsync(cancellation);
            if (tickets.Count == 0)
            {
                return [];
            }

            // One walk along the index by ticket. Events that came after the snapshots were read would not fit them.
            var (first, last) = (tickets[0].Id, tickets[^1].Id);
            var rows = await db
                .Events.AsNoTracking()
                .Where(row => row.TicketId >= first && row.TicketId <= last)
                .OrderBy(row => row.TicketId)
                .ThenBy(row => row.Version)
                .ToListAsync(cancellation);
            var events = rows.ToLookup(row => row.TicketId);
            return (IReadOnlyList<StoredLife>)
                [
                    .. tickets.Select(ticket => new StoredLife(
                        new TicketId(ticket.Id),
                        ticket.Json,
                        [.. events[ticket.Id].Where(row => row.Version <= ticket.Version)]
                    )),
                ];
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredLife>> ChangedAsync(
        IReadOnlyCollection<string> desks,
        Instant since,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var (keys, ticks) = (desks.ToArray(), since.ToUnixTimeTicks());
        return await Reading.AvailableAsync(async () =>
        {
            var tickets = await db
                .Tickets.AsNoTracking()
                .Where(row => row.UpdatedAt >= ticks && keys.Contains(row.Desk))
                .OrderByDescending(row => row.UpdatedAt)
                .ThenByDescending(row => row.Id)
                .Take(limit)
                .Select(row => new
                {
                    row.Id,
                    row.Version,
                    row.Snapshot!.Json,
                })
                .ToListAsync(cancellation);
            return await WithEventsAsync(
                db,
                tickets.ConvertAll(ticket => new Stored(ticket.Id, ticket.Version, ticket.Json)),
                cancellation
            );
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredLife>> FindAsync(
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var ids = tickets.Select(ticket => ticket.Value).ToArray();
        return await Reading.AvailableAsync(async () =>
        {
            var found = await db
                .Tickets.AsNoTracking()
                .Where(row => ids.Contains(row.Id))
                .Select(row => new Stored(row.Id, row.Version, row.Snapshot!.Json))
                .ToListAsync(cancellation);
            return await WithEventsAsync(db, found, cancellation);
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTicket>> LiveAsync(TicketId after, int limit, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            Live(db)
                .Where(id => id > after.Value)
                .OrderBy(id => id)
                .Take(limit)
                .Join(db.Snapshots, id => id, row => row.TicketId, (id, row) => new { id, row.Json })
                .ToListAsync(cancellation)
        );
        return [.. rows.OrderBy(row => row.id).Select(row => new StoredTicket(new TicketId(row.id), row.Json))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TicketId>> CountedByAsync(
        string kind,
        string document,
        TicketId after,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var found = new SortedSet<long>();
        // One walk along the index for each status: of both together the order would have to be made first.
        foreach (var status in Unstopped)
        {
            var live = db.Promises.AsNoTracking().Where(row => row.Status == status);
            var counted =
                kind == DocumentKinds.Calendar
                    ? live.Where(row => row.Calendar == document)
                    : live.Where(row => row.Policy == document);
            found.UnionWith(
                await Reading.AvailableAsync(() =>
                    counted
                        .Where(row => row.TicketId > after.Value)
                        .Select(row => row.TicketId)
                        .Distinct()
                        .OrderBy(id => id)
                        .Take(limit)
                        .ToListAsync(cancellation)
                )
            );
        }

        return [.. found.Take(limit).Select(id => new TicketId(id))];
    }

    /// <inheritdoc/>
    public async Task<int> CountLiveAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => Live(db).CountAsync(cancellation));
    }

    // Events that came after the snapshots were read would not fit them.
    private static async Task<IReadOnlyList<StoredLife>> WithEventsAsync(
        ServiceDeskDb db,
        List<Stored> tickets,
        CancellationToken cancellation
    )
    {
        var lives = new List<StoredLife>(tickets.Count);
        foreach (var some in tickets.Chunk(AtOnce))
        {
            var ids = some.Select(ticket => ticket.Id).ToArray();
            var rows = await db
                .Events.AsNoTracking()
                .Where(row => ids.Contains(row.TicketId))
                .OrderBy(row => row.Version)
                .ToListAsync(cancellation);
            var events = rows.ToLookup(row => row.TicketId);
            lives.AddRange(
                some.Select(ticket => new StoredLife(
                    new TicketId(ticket.Id),
                    ticket.Json,
                    [.. events[ticket.Id].Where(row => row.Version <= ticket.Version)]
                ))
            );
        }

        return lives;
    }

    private static IQueryable<long> Live(ServiceDeskDb db) =>
        db
            .TicketClocks.AsNoTracking()
            .Where(clock => clock.Status != Stopped)
            .Select(clock => clock.TicketId)
            .Distinct();

    private static IQueryable<TicketRow> Asked(ServiceDeskDb db, LivesQuestion question)
    {
        var (desks, since) = (question.Desks.ToArray(), question.OpenedSince.ToUnixTimeTicks());
        return db.Tickets.AsNoTracking().Where(row => row.CreatedAt >= since && desks.Contains(row.Desk));
    }

    private sealed record Stored(long Id, long Version, string Json);
}
