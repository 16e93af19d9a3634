using System.Data.Common;

namespace ServiceDesk.Storage.Connections;

/// <summary>Runs statements in order: in one round trip where the driver can, else one after another.</summary>
internal static class StatementRunner
{
    /// <summary>Runs statements that change rows.</summary>
    /// <returns>How many rows each changed.</returns>
    public static async Task<int[]> ExecuteAsync(
        this WriteTurn turn,
        DbTransaction transaction,
        IReadOnlyList<Statement> statements,
        CancellationToken cancellation
    )
    {
        var counts = new int[statements.Count];
        if (turn.Cache is { } cache)
        {
            for (var index = 0; index < counts.Length; index++)
            {
                counts[index] = cache.Get(statements[index], transaction).ExecuteNonQuery();
            }

            return counts;
        }

        if (statements.Count == 0)
        {
            return counts;
        }

        await using var batch = Batch(turn.Connection, transaction, statements);
        await batch.ExecuteNonQueryAsync(cancellation);
        for (var index = 0; index < counts.Length; index++)
        {
            counts[index] = batch.BatchCommands[index].RecordsAffected;
        }

        return counts;
    }

    /// <summary>Runs statements that read.</summary>
    /// <returns>The rows of each.</returns>
    public static async Task<List<object?[]>[]> QueryAsync(
        this WriteTurn turn,
        DbTransaction? transaction,
        IReadOnlyList<Statement> statements,
        CancellationToken cancellation
    )
    {
        var results = new List<object?[]>[statements.Count];
        if (turn.Cache is { } cache)
        {
            for (var index = 0; index < results.Length; index++)
            {
                await using var reader = cache.Get(statements[index], transaction).ExecuteReader();
                results[index] = await reader.RowsAsync(cancellation);
            }

            return results;
        }

        if (statements.Count == 0)
        {
            return results;
        }

        await using var batch = Batch(turn.Connection, transaction, statements);
        await using var batchReader = await batch.ExecuteReaderAsync(cancellation);
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = await batchReader.RowsAsync(cancellation);
            await batchReader.NextResultAsync(cancellation);
        }

        return results;
    }

    /// <summary>Runs one statement and gives its rows.</summary>
    public static async Task<List<object?[]>> QueryAsync(
        this WriteTurn turn,
        DbTransaction? transaction,
        Statement statement,
        CancellationToken cancellation
    ) => (await turn.QueryAsync(transaction, [statement], cancellation))[0];

    private static DbBatch Batch(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Statement> all)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in all)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            statement.Bind(command.Parameters, command.CreateParameter);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>The rows of the current result.</summary>
    public static async Task<List<object?[]>> RowsAsync(this DbDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object?[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = await reader.IsDBNullAsync(column, cancellation) ? null : reader.GetValue(column);
            }

            rows.Add(row);
        }

        return rows;
    }
}
