using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries;

/// <summary>Reads tickets from their rows. Every read passes <see cref="AccessFilter"/>, and every ticket <see cref="FieldSight"/>.</summary>
/// <param name="current">The configuration that is current.</param>
public sealed class TicketQueries(
    IDatabase database,
    QueryLanguage language,
    SnapshotJson json,
    Func<IConfiguration> current,
    IClock clock
) : ITicketQueries, ITicketLists
{
    private readonly QueryReader reader = new(language, current, clock);

    private ITextSearch Search => database.Dialect.TextSearch;

    public Task<Page<TicketSnapshot>> FindAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    ) =>
        ReadAsync(
            async db =>
            {
                var (ids, next) = await PageAsync(db, viewer, new PageRequest(query, limit, cursor), cancellation);
                if (ids.Count == 0)
                {
                    return new Page<TicketSnapshot>([], next);
                }

                var snapshots = await Visible(db, viewer, ids)
                    .Select(ticket => new { ticket.Id, ticket.Snapshot!.Json })
                    .ToDictionaryAsync(row => row.Id, row => row.Json, cancellation);
                return new Page<TicketSnapshot>(
                    [.. ids.Where(snapshots.ContainsKey).Select(id => Shown(viewer, snapshots[id]))],
                    next
                );
            },
            cancellation
        );

    public Task<int> CountAsync(Viewer viewer, string query, CancellationToken cancellation = default) =>
        ReadAsync(
            async db =>
            {
                var ready = await reader.ReadAsync(db, viewer, query, cancellation);
                return await ready.Rows(db, Search).CountAsync(cancellation);
            },
            cancellation
        );

    public Task<TicketSnapshot?> FindByKeyAsync(
        Viewer viewer,
        TicketKey key,
        CancellationToken cancellation = default
    ) =>
        ReadAsync(
            async db =>
            {
                var (desk, number) = key;
                var found = await db
                    .TicketKeys.Where(row => row.Desk == desk && row.Number == number)
                    .SelectMany(row => db.Tickets.Where(ticket => ticket.Id == row.TicketId))
                    .Where(AccessFilter.OfFound(db, viewer))
                    .Select(ticket => ticket.Snapshot!.Json)
                    .FirstOrDefaultAsync(cancellation);
                return found is null ? null : Shown(viewer, found);
            },
            cancellation
        );

    public async Task<IReadOnlyList<TicketSnapshot>> FindByPartOfKeyAsync(
        Viewer viewer,
        string? text,
        int limit,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 200);
        return KeyPart.Of(text) is { } part
            ? await ReadAsync(
                async db =>
                {
                    var found = await NewestAsync(db, viewer, part.Exactly(db.TicketKeys), limit, cancellation);
                    if (found.Count < limit)
                    {
                        found.AddRange(await NewestAsync(db, viewer, part.In(db.TicketKeys), limit, cancellation));
                    }

                    return found.DistinctBy(ticket => ticket.State.Id).Take(limit).ToList();
                },
                cancellation
            )
            : [];
    }

    private async Task<List<TicketSnapshot>> NewestAsync(
        ServiceDeskDb db,
        Viewer viewer,
        IQueryable<TicketKeyRow> keys,
        int limit,
        CancellationToken cancellation
    )
    {
        var found = await db
            .Tickets.Where(ticket => keys.Select(key => key.TicketId).Contains(ticket.Id))
            .Where(AccessFilter.OfFound(db, viewer))
            .OrderByDescending(ticket => ticket.Id)
            .Take(limit)
            .Select(ticket => ticket.Snapshot!.Json)
            .ToListAsync(cancellation);
        return [.. found.Select(one => Shown(viewer, one))];
    }

    public Task<IReadOnlyDictionary<TicketId, TicketSnapshot>> FindByIdAsync(
        Viewer viewer,
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation = default
    ) =>
        ReadAsync<IReadOnlyDictionary<TicketId, TicketSnapshot>>(
            async db =>
            {
                var found = await Visible(db, viewer, [.. tickets.Select(ticket => ticket.Value).Distinct().Take(1000)])
                    .Select(ticket => ticket.Snapshot!.Json)
                    .ToListAsync(cancellation);
                return found.Select(one => Shown(viewer, one)).ToDictionary(snapshot => snapshot.State.Id);
            },
            cancellation
        );

    public Task<Page<TicketListItem>> ListAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    ) =>
        ReadAsync(
            async db =>
            {
                var (ids, next) = await PageAsync(db, viewer, new PageRequest(query, limit, cursor), cancellation);
                if (ids.Count == 0)
                {
                    return new Page<TicketListItem>([], next);
                }

                var rows = await Visible(db, viewer, ids).ToDictionaryAsync(row => row.Id, cancellation);
                var worked = rows.Values.Where(row => viewer.WorksOn(row.Desk)).Select(row => row.Id).ToArray();
                var clocks = await db
                    .TicketClocks.AsNoTracking()
                    .Where(clock => clock.IsCurrent && worked.Contains(clock.TicketId))
                    .ToListAsync(cancellation);
                var byTicket = clocks.ToLookup(clock => clock.TicketId);
                return new Page<TicketListItem>(
                    [.. ids.Where(rows.ContainsKey).Select(id => TicketListItems.Of(rows[id], byTicket[id], viewer))],
                    next
                );
            },
            cancellation
        );

    public Task<IReadOnlyList<QueueCount>> CountAllAsync(
        Viewer viewer,
        IReadOnlyList<string> queries,
        CancellationToken cancellation = default
    ) =>
        ReadAsync(
            async db =>
            {
                return await QueueCounts.CountAsync(db, Search, reader, viewer, queries, cancellation);
            },
            cancellation
        );

    public Task<bool> HasApprovalsAsync(PersonId person, CancellationToken cancellation = default) =>
        ReadAsync(
            db =>
                db.TicketPeople.AnyAsync(
                    row =>
                        row.PersonId == person.Value
                        && (row.Relation == TicketPersonRow.Approver || row.Relation == TicketPersonRow.Answerer),
                    cancellation
                ),
            cancellation
        );

    /// <summary>What of the ticket the viewer's role sees.</summary>
    private TicketSnapshot Shown(Viewer viewer, string stored) =>
        FieldSight.Shown(viewer, json.Read(stored), current());

    // A database that is out of reach is told from a fault of the query.
    private Task<T> ReadAsync<T>(Func<ServiceDeskDb, Task<T>> read, CancellationToken cancellation) =>
        Reading.AvailableAsync(async () =>
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            return await read(db);
        });

    private async Task<(IReadOnlyList<long> Ids, string? Next)> PageAsync(
        ServiceDeskDb db,
        Viewer viewer,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var ready = await reader.ReadAsync(db, viewer, page.Text, cancellation);
        return await TicketPages.FindAsync(db, Search, ready, page, cancellation);
    }

    /// <summary>The tickets of a page that the viewer may still see: one may have moved since its identity was found.</summary>
    private static IQueryable<TicketRow> Visible(ServiceDeskDb db, Viewer viewer, IReadOnlyList<long> ids)
    {
        var wanted = ids.ToArray();
        return db
            .Tickets.AsNoTracking()
            .Where(ticket => wanted.Contains(ticket.Id))
            .Where(AccessFilter.OfFound(db, viewer));
    }
}
