using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Verification;

/// <summary>What tickets and keys refer to exists.</summary>
internal sealed class ReferenceCheck(SnapshotReader reader, List<Finding> findings)
{
    private static readonly (string Column, string Table)[] OfTickets =
    [
        ("requester_id", "people"),
        ("assignee_id", "people"),
        ("organization_id", "organizations"),
        ("team_id", "teams"),
    ];

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var (column, table) in OfTickets)
        {
            var lost = await reader.RowsAsync(
                new Statement(
                    $"SELECT t.id, t.{column} FROM tickets AS t WHERE t.{column} IS NOT NULL "
                        + $"AND NOT EXISTS (SELECT 1 FROM {table} AS r WHERE r.id = t.{column})"
                ),
                cancellation
            );
            findings.AddRange(
                lost.Select(row => new Finding(
                    "reference",
                    $"ticket {row[0]}",
                    $"Its {column} {row[1]} is not in {table}."
                ))
            );
        }

        var houses = await reader.RowsAsync(
            new Statement(
                "SELECT s.ticket_id, s.organization_id FROM ticket_organizations AS s "
                    + "WHERE NOT EXISTS (SELECT 1 FROM organizations AS o WHERE o.id = s.organization_id)"
            ),
            cancellation
        );
        findings.AddRange(
            houses.Select(row => new Finding(
                "reference",
                $"ticket {row[0]}",
                $"It is shared with organization {row[1]}, which is not in organizations."
            ))
        );

        var keys = await reader.RowsAsync(
            new Statement(
                "SELECT i.\"key\", i.ticket_id FROM idempotency_keys AS i "
                    + "WHERE NOT EXISTS (SELECT 1 FROM tickets AS t WHERE t.id = i.ticket_id AND t.version >= i.to_version)"
            ),
            cancellation
        );
        findings.AddRange(
            keys.Select(row => new Finding(
                "idempotency",
                $"ticket {row[1]}",
                "A key was answered with events that are not there."
            ))
        );
    }
}
