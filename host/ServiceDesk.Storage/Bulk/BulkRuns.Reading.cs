using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Bulk;

// What is known of edits.
public sealed partial class BulkRuns
{
    /// <inheritdoc/>
    public async Task<BulkRun?> FindAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.BulkRuns.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation)
        );
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<long?> FindUndoAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.BulkRuns.Where(row => row.UndoOf == id).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BulkRun>> ListAsync(
        PersonId? by,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var person = by?.Value;
        var rows = await Reading.AvailableAsync(() =>
            db
                .BulkRuns.AsNoTracking()
                .Where(row => row.StartedAt != null && (person == null || row.PersonId == person))
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<BulkOutcome, int>> CountAsync(
        long id,
        bool preview,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var counts = await Reading.AvailableAsync(() =>
            Outcomes(db.BulkRunTickets.Where(row => row.RunId == id), preview)
                .GroupBy(outcome => outcome)
                .Select(group => new { Outcome = group.Key, Count = group.Count() })
                .ToListAsync(cancellation)
        );
        return counts.ToDictionary(one => (BulkOutcome)one.Outcome, one => one.Count);
    }

    /// <inheritdoc/>
    public async Task<int> CountOtherwiseAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.BulkRunTickets.CountAsync(
                row => row.RunId == id && row.Checked != 0 && row.Outcome != 0 && row.Checked != row.Outcome,
                cancellation
            )
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BulkTicket>> TicketsAsync(
        long id,
        bool preview,
        BulkOutcome? outcome,
        int after,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var wanted = (int?)outcome;
        var rows = await Reading.AvailableAsync(() =>
            Only(db.BulkRunTickets.AsNoTracking(), preview, wanted)
                .Where(row => row.RunId == id && row.Place > after)
                .OrderBy(row => row.Place)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Read)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TicketId, BulkTicket>> FindTicketsAsync(
        long id,
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var ids = tickets.Select(ticket => ticket.Value).ToList();
        var rows = await Reading.AvailableAsync(() =>
            db
                .BulkRunTickets.AsNoTracking()
                .Where(row => row.RunId == id && ids.Contains(row.TicketId))
                .ToListAsync(cancellation)
        );
        return rows.Select(Read).ToDictionary(ticket => ticket.Ticket);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BulkKind>> KindsAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var kinds = await Reading.AvailableAsync(() =>
            db
                .BulkRunTickets.Where(row => row.RunId == id)
                .Join(db.Tickets, row => row.TicketId, ticket => ticket.Id, (_, ticket) => ticket)
                .GroupBy(ticket => new { ticket.Desk, ticket.Type })
                .Select(group => new
                {
                    group.Key.Desk,
                    group.Key.Type,
                    Count = group.Count(),
                })
                .ToListAsync(cancellation)
        );
        return
        [
            .. kinds
                .OrderByDescending(kind => kind.Count)
                .ThenBy(kind => kind.Desk, StringComparer.Ordinal)
                .ThenBy(kind => kind.Type, StringComparer.Ordinal)
                .Select(kind => new BulkKind(kind.Desk, kind.Type, kind.Count)),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BulkMark>> OfTicketAsync(TicketId ticket, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var id = ticket.Value;
        var marks = await Reading.AvailableAsync(() =>
            db
                .BulkRunTickets.Where(row => row.TicketId == id && row.FromVersion != 0)
                .Join(
                    db.BulkRuns,
                    row => row.RunId,
                    run => run.Id,
                    (row, run) =>
                        new
                        {
                            run.Id,
                            run.UndoOf,
                            run.PersonId,
                            row.FromVersion,
                            row.ToVersion,
                        }
                )
                .OrderBy(mark => mark.FromVersion)
                .ToListAsync(cancellation)
        );
        return
        [
            .. marks.Select(mark => new BulkMark(
                mark.Id,
                mark.UndoOf is not null,
                new PersonId(mark.PersonId),
                mark.FromVersion,
                mark.ToVersion
            )),
        ];
    }

    // An expression of its own for each: databases group by columns, not by parameters.
    private static IQueryable<int> Outcomes(IQueryable<BulkRunTicketRow> rows, bool preview) =>
        preview ? rows.Select(row => row.Checked) : rows.Select(row => row.Outcome);

    private static IQueryable<BulkRunTicketRow> Only(IQueryable<BulkRunTicketRow> rows, bool preview, int? outcome) =>
        outcome is null ? rows
        : preview ? rows.Where(row => row.Checked == outcome)
        : rows.Where(row => row.Outcome == outcome);

    private static BulkRun Read(BulkRunRow row) =>
        new()
        {
            Id = row.Id,
            By = new PersonId(row.PersonId),
            State = (BulkState)row.State,
            UndoOf = row.UndoOf,
            Query = row.Query,
            Changes = row.Changes is { } changes
                ? JsonSerializer.Deserialize<BulkChanges>(changes, ServiceDeskJson.Stored)
                : null,
            Total = row.Total,
            CreatedAt = Instant.FromUnixTimeTicks(row.CreatedAt),
            StartedAt = At(row.StartedAt),
            FinishedAt = At(row.FinishedAt),
        };

    private static BulkTicket Read(BulkRunTicketRow row) =>
        new(row.Place, new TicketId(row.TicketId))
        {
            Checked = (BulkOutcome)row.Checked,
            CheckedVersion = row.CheckedVersion,
            Outcome = (BulkOutcome)row.Outcome,
            Notes = row.Notes is { } notes
                ? JsonSerializer.Deserialize<BulkNotes>(notes, ServiceDeskJson.Stored)!
                : BulkNotes.None,
            FromVersion = row.FromVersion,
            ToVersion = row.ToVersion,
        };

    private static Instant? At(long? ticks) => ticks is { } at ? Instant.FromUnixTimeTicks(at) : null;
}
