using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Reports.Facts;

/// <summary>
/// Counts the durations of past tickets on the calendars that reports use: when a report takes a calendar, and when a calendar
/// changes. A few tickets a transaction, and it goes on where it was cut off.
/// </summary>
public sealed class WorkingTimeJob(
    IPluginTables<ReportTables> tables,
    IConfigurationReader configuration,
    IWorkingTime time
) : IJob
{
    private const int AtOnce = 500;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var current = configuration.Current;
        var wanted = current
            .All<ReportDocument>()
            .Select(report => report.Calendar)
            .OfType<string>()
            .Where(calendar => current.TryGet<CalendarDocument>(calendar, out _))
            .ToHashSet(StringComparer.Ordinal);
        await tables.WriteAsync((db, token) => ForgetAsync(db, wanted, token), cancellation);
        foreach (var calendar in wanted)
        {
            var version = current.VersionOf<CalendarDocument>(calendar);
            while (await tables.WriteAsync((db, token) => CountAsync(db, calendar, version, token), cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task<bool> ForgetAsync(ReportTables db, HashSet<string> wanted, CancellationToken cancellation)
    {
        var unused = await db.Calendars.Where(row => !wanted.Contains(row.Id)).ToListAsync(cancellation);
        foreach (var row in unused)
        {
            var kinds = Kinds(row.Id);
            await db.Facts.Where(fact => kinds.Contains(fact.Kind)).ExecuteDeleteAsync(cancellation);
            db.Calendars.Remove(row);
        }

        return unused.Count > 0;
    }

    /// <returns>Whether there may be more to count.</returns>
    private async Task<bool> CountAsync(ReportTables db, string calendar, int version, CancellationToken cancellation)
    {
        var row =
            await db.Calendars.FindAsync([calendar], cancellation)
            ?? db.Calendars.Add(new CalendarRow { Id = calendar }).Entity;
        if (row.Version != version)
        {
            (row.Version, row.Done) = (version, 0);
        }

        if (row.Done == long.MaxValue)
        {
            return false;
        }

        var tickets = await db
            .Tickets.AsNoTracking()
            .Where(ticket => ticket.TicketId > row.Done)
            .OrderBy(ticket => ticket.TicketId)
            .Take(AtOnce)
            .ToListAsync(cancellation);
        var ids = tickets.Select(ticket => ticket.TicketId).ToArray();
        var kinds = Kinds(calendar);
        await db
            .Facts.Where(fact => ids.Contains(fact.TicketId) && kinds.Contains(fact.Kind))
            .ExecuteDeleteAsync(cancellation);
        foreach (var ticket in tickets)
        {
            db.Facts.AddRange(FactKinds.Durations(ticket.TicketId, FiguresJson.Read(ticket.Json), [calendar], time));
        }

        row.Done = tickets.Count < AtOnce ? long.MaxValue : ids[^1];
        return tickets.Count == AtOnce;
    }

    private static string[] Kinds(string calendar) =>
        [FactKinds.On(FactKinds.Resolved, calendar), FactKinds.On(FactKinds.Responded, calendar)];
}
