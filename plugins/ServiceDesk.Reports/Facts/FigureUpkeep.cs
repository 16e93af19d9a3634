using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Reports.Facts;

/// <summary>How complete the figures are.</summary>
/// <param name="Position">The last event that is in them.</param>
/// <param name="RebuildTo">Up to where a rebuild reads; 0 when none runs.</param>
/// <param name="IsCounting">Whether durations on the asked calendar are still being counted.</param>
public sealed record FigureProgress(long Position, long RebuildTo, bool IsCounting)
{
    /// <summary>How much of a rebuild is done, 0 to 100; null when none runs.</summary>
    public int? Percent => RebuildTo > 0 ? (int)Math.Min(99, Position * 100 / RebuildTo) : null;
}

/// <summary>Tells how complete the figures are, and has them made anew.</summary>
public sealed class FigureUpkeep(IPluginTables<ReportTables> tables, IConfigurationReader configuration)
{
    /// <summary>How complete they are.</summary>
    /// <param name="calendar">A calendar on which durations are asked for; null for none.</param>
    public Task<FigureProgress> ProgressAsync(string? calendar, CancellationToken cancellation) =>
        tables.ReadAsync(
            async (db, token) =>
            {
                var row = await db.Progress.AsNoTracking().FirstOrDefaultAsync(token) ?? new ProgressRow();
                var isCounting =
                    calendar is not null && !await db.Calendars.AnyAsync(IsDone(calendar, Version(calendar)), token);
                return new FigureProgress(row.Position, row.RebuildTo, isCounting);
            },
            cancellation
        );

    /// <summary>
    /// Has all figures made anew from the first event. Those of each ticket stay until its turn comes; a stop of the server goes
    /// on where it was. One that runs begins again.
    /// </summary>
    public Task RebuildAsync(CancellationToken cancellation) =>
        tables.WriteAsync(
            async (db, token) =>
            {
                await LockAsync(db, token);
                if (await db.Progress.FirstOrDefaultAsync(token) is { } row)
                {
                    row.RebuildTo = Math.Max(row.Position, row.RebuildTo);
                    row.Position = 0;
                    row.Round++;
                }

                return true;
            },
            cancellation
        );

    /// <summary>
    /// Holds the row of the progress until the transaction ends, before it is read: where several write at once, a batch that was under
    /// way would else put its position over that of a rebuild which began meanwhile, and tickets would lose their figures.
    /// </summary>
    internal static Task LockAsync(ReportTables db, CancellationToken cancellation) =>
        db.Progress.ExecuteUpdateAsync(set => set.SetProperty(row => row.Round, row => row.Round), cancellation);

    private int Version(string calendar) => configuration.Current.VersionOf<CalendarDocument>(calendar);

    private static System.Linq.Expressions.Expression<Func<CalendarRow, bool>> IsDone(string calendar, int version) =>
        row => row.Id == calendar && row.Version == version && row.Done == long.MaxValue;
}
