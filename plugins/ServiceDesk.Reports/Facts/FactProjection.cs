using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Facts;

/// <summary>
/// Keeps the facts from the log. Of each ticket in a batch its fold goes on where it stood, and its rows are written anew from
/// it, in the transaction that moves the place in the log.
/// </summary>
public sealed class FactProjection(IPluginTables<ReportTables> tables, IReportSeries series, IWorkingTime time)
    : IProjection
{
    /// <inheritdoc/>
    public Task<long> PositionAsync(CancellationToken cancellation) =>
        tables.ReadAsync(
            (db, token) => db.Progress.Select(row => row.Position).FirstOrDefaultAsync(token),
            cancellation
        );

    /// <inheritdoc/>
    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellation)
    {
        var readers = series.All;
        return tables.WriteAsync((db, token) => ApplyAsync(db, batch, readers, token), cancellation);
    }

    private async Task<bool> ApplyAsync(
        ReportTables db,
        ProjectionBatch batch,
        ValueList<ReportSeriesDefinition> readers,
        CancellationToken cancellation
    )
    {
        await FigureUpkeep.LockAsync(db, cancellation);
        var progress = await db.Progress.FirstOrDefaultAsync(cancellation);
        if ((progress?.Position ?? 0) != batch.Events[0].Position - 1)
        {
            // A rebuild began, or another node was faster.
            return false;
        }

        progress ??= db.Progress.Add(new ProgressRow { Id = 1 }).Entity;
        var calendars = await db.Calendars.AsNoTracking().Select(row => row.Id).ToListAsync(cancellation);
        var ids = batch.Events.Select(one => one.Ticket.Value).Distinct().ToArray();
        var rows = await db
            .Tickets.Where(row => ids.Contains(row.TicketId))
            .ToDictionaryAsync(row => row.TicketId, cancellation);
        await db.Facts.Where(row => ids.Contains(row.TicketId)).ExecuteDeleteAsync(cancellation);
        await db.Stretches.Where(row => ids.Contains(row.TicketId)).ExecuteDeleteAsync(cancellation);
        foreach (var events in batch.Events.GroupBy(one => one.Ticket))
        {
            var row = rows.GetValueOrDefault(events.Key.Value);
            var begun = row is not null && row.Round == progress.Round ? FiguresJson.Read(row.Json) : null;
            var figures = events.Aggregate(
                begun,
                (before, one) => TicketFigures.After(before, one, Read(readers, one))
            );
            if (figures is null)
            {
                continue;
            }

            var verdicts = batch.Tickets.TryGetValue(events.Key, out var ticket)
                ? FactKinds.Verdicts(ticket.Clocks)
                : [];
            row ??= db.Tickets.Add(new TicketFiguresRow { TicketId = events.Key.Value }).Entity;
            row.Round = progress.Round;
            row.Json = FiguresJson.Write(figures);
            db.Facts.AddRange(FactKinds.Of(row.TicketId, figures, verdicts, calendars, time));
            db.Stretches.AddRange(FactKinds.Stretches(row.TicketId, figures));
        }

        progress.Position = batch.Events[^1].Position;
        progress.Head = batch.Head;
        progress.RebuildTo = progress.Position >= progress.RebuildTo ? 0 : progress.RebuildTo;
        return true;
    }

    private static Reading[] Read(ValueList<ReportSeriesDefinition> readers, RecordedEvent recorded) =>
        [
            .. readers
                .Select(one => (one.Id, Value: one.Read(recorded)))
                .Where(one => one.Value is not null)
                .Select(one => new Reading(one.Id, recorded.At, (long)Math.Round(one.Value!.Value * 1000))),
        ];
}
