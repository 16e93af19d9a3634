using NodaTime;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Verification;

/// <summary>The log has every position once up to its head, every ticket every version once, and cursors stand inside.</summary>
internal sealed class LogCheck(SnapshotReader reader, List<Finding> findings)
{
    // Jobs and schedules keep the instant of their last turn where reactions keep a position. No log is as long as any instant
    // that a clock can say today.
    private static readonly long FirstInstant = Instant.FromUtc(2000, 1, 1, 0, 0).ToUnixTimeTicks();

    public async Task RunAsync(CancellationToken cancellation)
    {
        var head = RowValues.Whole(
            (await reader.RowsAsync(new Statement("SELECT position FROM log_head"), cancellation)).Single()[0]
        );
        var log = (
            await reader.RowsAsync(
                new Statement("SELECT COUNT(*), COALESCE(MIN(position), 1), COALESCE(MAX(position), 0) FROM events"),
                cancellation
            )
        ).Single();
        if ((RowValues.Whole(log[0]), RowValues.Whole(log[1]), RowValues.Whole(log[2])) != (head, 1, head))
        {
            findings.Add(
                new Finding(
                    "log-dense",
                    "log",
                    $"The head says {head}, but {log[0]} events lie from {log[1]} to {log[2]}."
                )
            );
        }

        await EachAsync(
            "ticket-versions",
            "SELECT ticket_id FROM events GROUP BY ticket_id HAVING COUNT(*) <> MAX(version) OR MIN(version) <> 1",
            "Its events have gaps.",
            cancellation
        );
        await EachAsync(
            "ticket-missing",
            "SELECT DISTINCT ticket_id FROM events AS e WHERE NOT EXISTS (SELECT 1 FROM tickets AS t WHERE t.id = e.ticket_id)",
            "It has events but no row.",
            cancellation
        );
        var beyond = await reader.RowsAsync(
            new Statement(
                "SELECT name, position FROM cursors WHERE position > @p0 AND position < @p1",
                head,
                FirstInstant
            ),
            cancellation
        );
        findings.AddRange(
            beyond.Select(row => new Finding(
                "cursor-inside",
                $"cursor {row[0]}",
                $"It stands at {row[1]}, beyond the end {head}."
            ))
        );
        var lost = await reader.RowsAsync(
            new Statement(
                "SELECT reaction, position FROM parked_events AS p "
                    + "WHERE NOT EXISTS (SELECT 1 FROM events AS e WHERE e.position = p.position AND e.ticket_id = p.ticket_id)"
            ),
            cancellation
        );
        findings.AddRange(
            lost.Select(row => new Finding(
                "parked-event",
                $"reaction {row[0]}",
                $"It waits for event {row[1]}, which is not there."
            ))
        );
    }

    private async Task EachAsync(string check, string sql, string what, CancellationToken cancellation) =>
        findings.AddRange(
            (await reader.RowsAsync(new Statement(sql), cancellation)).Select(row => new Finding(
                check,
                $"ticket {row[0]}",
                what
            ))
        );
}
