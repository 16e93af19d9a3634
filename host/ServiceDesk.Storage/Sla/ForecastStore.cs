using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Sla;

/// <inheritdoc cref="IForecastStore"/>
public sealed class ForecastStore(IDatabase database) : IForecastStore
{
    private const int Running = (int)ClockStatus.Running;
    private const int Paused = (int)ClockStatus.Paused;
    private const int Done = (int)StatusCategory.Done;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ForecastTicket>> DueAsync(
        Viewer viewer,
        Instant before,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var ticks = before.ToUnixTimeTicks();
        var tickets = Seen(db, viewer)
            .Where(ticket => ticket.NextDueAt < ticks && ticket.Category != Done)
            .OrderBy(ticket => ticket.NextDueAt)
            .ThenBy(ticket => ticket.Id)
            .Take(limit);
        return await ReadAsync(db, tickets, row => row.Status == Running && row.DueAt < ticks, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ForecastTicket>> PausedAsync(
        Viewer viewer,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var paused = db.TicketClocks.Where(row => row.Status == Paused).Select(row => row.TicketId);
        var tickets = Seen(db, viewer)
            .Where(ticket => ticket.Category != Done && paused.Contains(ticket.Id))
            .OrderByDescending(ticket => ticket.UpdatedAt)
            .ThenByDescending(ticket => ticket.Id)
            .Take(limit);
        return await ReadAsync(db, tickets, row => row.Status == Paused, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SolvedTicket>> SolvedAsync(
        Viewer viewer,
        Instant since,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var ticks = since.ToUnixTimeTicks();
        var rows = await Reading.AvailableAsync(() =>
            Seen(db, viewer)
                .Where(ticket => ticket.ResolvedAt >= ticks && ticket.AssigneeId != null)
                .OrderByDescending(ticket => ticket.ResolvedAt)
                .ThenByDescending(ticket => ticket.Id)
                .Take(limit)
                .Select(ticket => new
                {
                    ticket.Desk,
                    ticket.Type,
                    ticket.Priority,
                    ticket.AssigneeId,
                    ticket.CreatedAt,
                    ticket.ResolvedAt,
                })
                .ToListAsync(cancellation)
        );
        return
        [
            .. rows.Select(row => new SolvedTicket(
                row.Desk,
                row.Type,
                (Priority)row.Priority,
                new PersonId(row.AssigneeId!.Value),
                Instant.FromUnixTimeTicks(row.CreatedAt),
                Instant.FromUnixTimeTicks(row.ResolvedAt!.Value)
            )),
        ];
    }

    // Whose work is reckoned sees a ticket as an agent of its desk, not as somebody who asked for it.
    private static IQueryable<TicketRow> Seen(ServiceDeskDb db, Viewer viewer) =>
        viewer.Desks.Count == 0
            ? db.Tickets.Where(ticket => false)
            : db
                .Tickets.AsNoTracking()
                .Where(AccessFilter.OfFound(db, viewer))
                .Where(Expressions.In(ticket => ticket.Desk, viewer.Desks));

    private static async Task<IReadOnlyList<ForecastTicket>> ReadAsync(
        ServiceDeskDb db,
        IQueryable<TicketRow> tickets,
        System.Linq.Expressions.Expression<Func<TicketClockRow, bool>> wanted,
        CancellationToken cancellation
    )
    {
        var rows = await Reading.AvailableAsync(() =>
            tickets
                .Select(ticket => new
                {
                    ticket.Id,
                    ticket.Key,
                    ticket.Summary,
                    ticket.Desk,
                    ticket.Type,
                    ticket.Priority,
                    ticket.AssigneeId,
                    ticket.TeamId,
                })
                .ToListAsync(cancellation)
        );
        var clocks = await Reading.AvailableAsync(() =>
            db
                .TicketClocks.AsNoTracking()
                .Where(wanted)
                .Join(tickets, row => row.TicketId, ticket => ticket.Id, (row, _) => row)
                .ToListAsync(cancellation)
        );
        var ofTicket = clocks.ToLookup(row => row.TicketId);
        return
        [
            .. rows.Select(row => new ForecastTicket(
                    new TicketId(row.Id),
                    row.Key,
                    row.Summary,
                    row.Desk,
                    row.Type,
                    (Priority)row.Priority,
                    row.AssigneeId is { } assignee ? new PersonId(assignee) : null,
                    row.TeamId is { } team ? new TeamId(team) : null,
                    [.. ofTicket[row.Id].Select(Read)]
                ))
                .Where(ticket => ticket.Clocks.Count > 0),
        ];
    }

    private static StoredClock Read(TicketClockRow row) =>
        new(
            row.Metric,
            row.Cycle,
            (ClockStatus)row.Status,
            row.DueAt is { } due ? Instant.FromUnixTimeTicks(due) : null,
            Duration.FromTicks(row.TargetTicks - row.ElapsedTicks),
            new DocumentVersion(row.Calendar, row.CalendarVersion)
        );
}
