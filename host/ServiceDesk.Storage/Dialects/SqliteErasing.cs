using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Dialects;

/// <summary>
/// An FTS5 index that holds no texts keeps the terms of what was deleted until its segments are merged, and the log file of the
/// database keeps old pages until it is emptied. Both are done here, in steps between which commits go on.
/// </summary>
internal static class SqliteErasing
{
    // Pages that one step of a merge writes at most.
    private const int Step = 500;

    public static async Task RunAsync(Database database, CancellationToken cancellation)
    {
        foreach (var index in (string[])["ticket_text_trigrams", "ticket_text_pairs"])
        {
            // A negative number begins to merge all segments into one; then it goes on until a step changes nothing.
            for (var step = -Step; await MergeAsync(database, index, step, cancellation); step = Step) { }
        }

        await using var turn = await database.Gate.EnterAsync(cancellation);
        await using var command = turn.Connection.CreateCommand();
        // Readers that look at old pages keep them a while longer; the next checkpoint takes them.
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // The index says itself whether there is more: then more than the command's own row changed.
    private static Task<bool> MergeAsync(Database database, string index, int step, CancellationToken cancellation) =>
        database.WriteAsync(
            async (turn, transaction, token) =>
            {
                var changes = new Statement("SELECT total_changes()");
                var before = RowValues.Whole((await turn.QueryAsync(transaction, changes, token))[0][0]);
                await turn.ExecuteAsync(
                    transaction,
                    [new Statement($"INSERT INTO {index} ({index}, rank) VALUES ('merge', @p0)", step)],
                    token
                );
                var after = RowValues.Whole((await turn.QueryAsync(transaction, changes, token))[0][0]);
                return after - before >= 2;
            },
            cancellation
        );
}
