using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// Writes the changes of tickets anew from their events, where they differ: of tickets that changed before the database kept
/// them. Commits go on beside it.
/// </summary>
public sealed class ChangesRebuild(Database database, EventCatalog catalog)
{
    private const int Step = 64;

    private const string EventColumns =
        "ticket_id, position, version, name, payload, at, actor_kind, actor_person_id, actor_name, "
        + "configuration_revision, cause, depth";

    /// <summary>Takes some tickets behind one.</summary>
    /// <returns>How many of them had other rows, and the last one; null when there was none.</returns>
    public Task<(int Changed, long? Last)> StepAsync(long after, CancellationToken cancellation = default) =>
        database.WriteAsync<(int, long?)>(
            async (turn, transaction, token) =>
            {
                // With the head locked no commit adds to what is compared.
                var found = await turn.QueryAsync(
                    transaction,
                    [
                        new Statement(database.Dialect.LockLogHead),
                        new Statement("SELECT MIN(id) FROM tickets WHERE id > @p0", after),
                    ],
                    token
                );
                if (found[1][0][0] is not { } first)
                {
                    return (0, null);
                }

                var from = RowValues.Whole(first);
                long[] ids = [.. Enumerable.Range(0, Step).Select(place => from + place)];
                var results = await turn.QueryAsync(
                    transaction,
                    [
                        new Statement(
                            $"SELECT {EventColumns} FROM events WHERE ticket_id IN ({Statement.List(ids.Length)})",
                            [.. ids.Select(id => (object?)id)]
                        ),
                        TicketTables.Changes.Read(database.Dialect, ids),
                    ],
                    token
                );
                var differences = Differences(results[0], results[1]);
                await turn.ExecuteAsync(transaction, [.. differences.SelectMany(list => list)], token);
                return (differences.Count, ids[^1]);
            },
            cancellation
        );

    private List<List<Statement>> Differences(List<object?[]> events, List<object?[]> changes)
    {
        var present = changes.ToLookup(row => RowValues.Whole(row[0]), row => row[1..]);
        var all = new List<List<Statement>>();
        foreach (var ticket in events.GroupBy(row => RowValues.Whole(row[0])))
        {
            var life = ticket.Select(row => EventLog.Read(Row(row), catalog)).OrderBy(one => one.Version);
            object?[][] wanted = [.. SearchableChanges.Of(before: null, life).Select(TicketProjection.ChangeValues)];
            var difference = TicketTables.Changes.Difference(ticket.Key, [.. present[ticket.Key]], wanted).ToList();
            if (difference.Count > 0)
            {
                all.Add(difference);
            }
        }

        return all;
    }

    private static EventRow Row(object?[] row) =>
        new()
        {
            TicketId = RowValues.Whole(row[0]),
            Position = RowValues.Whole(row[1]),
            Version = RowValues.Whole(row[2]),
            Name = (string)row[3]!,
            Payload = (string)row[4]!,
            At = RowValues.Whole(row[5]),
            ActorKind = (int)RowValues.Whole(row[6]),
            ActorPersonId = row[7] is null ? null : RowValues.Whole(row[7]),
            ActorName = (string?)row[8],
            ConfigurationRevision = RowValues.Whole(row[9]),
            Cause = row[10] is null ? null : RowValues.Whole(row[10]),
            Depth = (int)RowValues.Whole(row[11]),
        };
}
