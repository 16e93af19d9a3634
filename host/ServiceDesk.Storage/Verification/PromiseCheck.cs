using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Storage.Verification;

/// <summary>Whether reports count the promises that the clocks of tickets tell, as far as the log was followed.</summary>
internal sealed class PromiseCheck
{
    /// <summary>What follows from a clock alone.</summary>
    public const string Columns =
        "metric, cycle, policy, calendar, target_ticks, status, verdict, started_at, stopped_at, elapsed_ticks, was, elapsed_was";

    private readonly SnapshotReader reader;
    private readonly long followed;

    private PromiseCheck(SnapshotReader reader, long followed) => (this.reader, this.followed) = (reader, followed);

    /// <summary>Finds how far the log was followed.</summary>
    public static async Task<PromiseCheck> OpenAsync(SnapshotReader reader, CancellationToken cancellation)
    {
        var rows = await reader.RowsAsync(
            new Statement("SELECT position FROM cursors WHERE name = @p0", PromiseStore.Cursor),
            cancellation
        );
        return new PromiseCheck(reader, rows.Count == 0 ? 0 : RowValues.Whole(rows[0][0]));
    }

    /// <summary>Whether the rows of a ticket are those of its clocks; one whose last event was not followed yet has none to compare.</summary>
    public bool Fits(TicketSnapshot ticket, long lastPosition, IReadOnlyCollection<object?[]> rows) =>
        lastPosition > followed || RowValues.SameSet([.. ticket.Clocks.Select(Row)], rows);

    /// <summary>Time that was spent belongs to a promise that has stopped.</summary>
    public async Task<IEnumerable<Finding>> LostStaysAsync(CancellationToken cancellation)
    {
        var lost = await reader.RowsAsync(
            new Statement(
                "SELECT DISTINCT s.ticket_id FROM sla_promise_stays AS s WHERE NOT EXISTS (SELECT 1 FROM sla_promises AS p "
                    + "WHERE p.ticket_id = s.ticket_id AND p.metric = s.metric AND p.cycle = s.cycle AND p.status = @p0)",
                (int)ClockStatus.Stopped
            ),
            cancellation
        );
        return lost.Select(row => new Finding(
            "promise",
            $"ticket {row[0]}",
            "Reports count time of a promise that has not stopped."
        ));
    }

    private static object?[] Row(SlaClock clock) =>
        [
            clock.Metric,
            clock.Cycle,
            clock.Policy.Id,
            clock.Calendar.Id,
            clock.Target.BclCompatibleTicks,
            (int)clock.Status,
            (int)clock.Verdict,
            clock.StartedAt.ToUnixTimeTicks(),
            PromiseStore.StoppedAt(clock),
            clock.Elapsed.BclCompatibleTicks,
            clock.Correction is { } correction ? (int)correction.Was : 0,
            clock.Correction?.ElapsedWas.BclCompatibleTicks ?? 0,
        ];
}
