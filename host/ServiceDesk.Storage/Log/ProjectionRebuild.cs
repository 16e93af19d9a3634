using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// Writes the rows of tickets anew from their snapshots, where they differ: after a plugin with query fields came or went,
/// tickets that nobody touched since are found by its values too. Commits go on beside it.
/// </summary>
public sealed class ProjectionRebuild(Database database, SnapshotJson json, TicketExtensions extensions)
{
    private const int Step = 64;

    /// <summary>Goes through all tickets.</summary>
    /// <returns>How many tickets had other rows.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var (changed, after) = (0, 0L);
        while (await StepAsync(after, cancellation) is { Last: { } last } step)
        {
            (changed, after) = (changed + step.Changed, last);
        }

        return changed;
    }

    private Task<(int Changed, long? Last)> StepAsync(long after, CancellationToken cancellation) =>
        database.WriteAsync<(int, long?)>(
            async (turn, transaction, token) =>
            {
                // With the head locked no commit changes what is compared.
                var found = await turn.QueryAsync(
                    transaction,
                    [
                        new Statement(database.Dialect.LockLogHead),
                        new Statement("SELECT MIN(ticket_id) FROM ticket_snapshots WHERE ticket_id > @p0", after),
                    ],
                    token
                );
                if (found[1][0][0] is not { } first)
                {
                    return (0, null);
                }

                var from = RowValues.Whole(first);
                long[] ids = [.. Enumerable.Range(0, Step).Select(i => from + i)];
                var statements = await DifferencesAsync(turn, transaction, ids, token);
                await turn.ExecuteAsync(transaction, [.. statements.SelectMany(list => list)], token);
                return (statements.Count, from + Step - 1);
            },
            cancellation
        );

    private async Task<List<List<Statement>>> DifferencesAsync(
        WriteTurn turn,
        System.Data.Common.DbTransaction transaction,
        long[] ids,
        CancellationToken cancellation
    )
    {
        object?[] values = [.. ids.Select(id => (object?)id)];
        var list = Statement.List(ids.Length);
        var results = await turn.QueryAsync(
            transaction,
            [
                new Statement($"SELECT ticket_id, json FROM ticket_snapshots WHERE ticket_id IN ({list})", values),
                new Statement($"SELECT {TicketTables.AllTicketColumns} FROM tickets WHERE id IN ({list})", values),
                .. TicketTables.Children.Select(table => table.Read(database.Dialect, ids)),
            ],
            cancellation
        );
        var tickets = results[1].ToDictionary(row => RowValues.Whole(row[0]));
        var children = results[2..]
            .Select(rows => rows.ToLookup(row => RowValues.Whole(row[0]), row => row[1..]))
            .ToArray();
        var all = new List<List<Statement>>();
        foreach (var row in results[0])
        {
            var id = RowValues.Whole(row[0]);
            var wanted = new TicketProjection(json.Read((string)row[1]!), extensions);
            var statements = TicketTables
                .Children.SelectMany(
                    (table, index) => table.Difference(id, [.. children[index][id]], wanted.Children[index])
                )
                .ToList();
            if (!RowValues.Same(wanted.Ticket, tickets[id], wanted.Ticket.Length))
            {
                statements.Add(
                    new Statement(TicketTables.UpdateTicket, [.. wanted.Ticket, RowValues.Whole(tickets[id][1])])
                );
            }

            if (statements.Count > 0)
            {
                all.Add(statements);
            }
        }

        return all;
    }
}
