using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Workflow;

/// <inheritdoc cref="IStatusTickets"/>
public sealed class StatusTickets(IDatabase database) : IStatusTickets
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(
        StatusQuestion question,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var counts = await Reading.AvailableAsync(() =>
            Asked(db, question)
                .GroupBy(row => row.Status)
                .Select(group => new { Status = group.Key, Count = group.Count() })
                .ToListAsync(cancellation)
        );
        return counts.ToDictionary(one => one.Status, one => one.Count, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TicketId>> FindAsync(
        StatusQuestion question,
        TicketId after,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var ids = await Reading.AvailableAsync(() =>
            Asked(db, question)
                .Where(row => row.Id > after.Value)
                .OrderBy(row => row.Id)
                .Take(limit)
                .Select(row => row.Id)
                .ToListAsync(cancellation)
        );
        return [.. ids.Select(id => new TicketId(id))];
    }

    private static IQueryable<TicketRow> Asked(ServiceDeskDb db, StatusQuestion question) =>
        db
            .Tickets.AsNoTracking()
            .Where(row =>
                question.Desks.Contains(row.Desk)
                && question.Statuses.Contains(row.Status)
                && question.Types.Contains(row.Type)
            );
}
