using System.Data.Common;

namespace ServiceDesk.Storage.Connections;

/// <summary>Opens connections for writing.</summary>
internal interface IWriterGate : IAsyncDisposable
{
    /// <summary>Waits for a turn. The connection is open and in no transaction.</summary>
    ValueTask<WriteTurn> EnterAsync(CancellationToken cancellation);
}

/// <summary>The right to write on a connection, until disposed.</summary>
internal sealed class WriteTurn(DbConnection connection, StatementCache? cache, Func<WriteTurn, ValueTask> leave)
    : IAsyncDisposable
{
    private readonly Func<WriteTurn, ValueTask> leave = leave;

    /// <summary>The connection.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Prepared statements of the connection; null where the driver keeps them itself.</summary>
    public StatementCache? Cache { get; } = cache;

    /// <summary>Set when storage failed under a transaction: the connection is not used again.</summary>
    public bool IsBroken { get; set; }

    public ValueTask DisposeAsync() => leave(this);
}

/// <summary>Prepared commands of one connection by their text.</summary>
internal sealed class StatementCache(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    /// <summary>The command with the statement's values, ready to run in the transaction.</summary>
    public DbCommand Get(in Statement statement, DbTransaction? transaction)
    {
        if (!commands.TryGetValue(statement.Sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement.Sql;
            statement.Bind(command.Parameters, command.CreateParameter);
            commands[statement.Sql] = command;
        }
        else
        {
            for (var index = 0; index < statement.Values.Length; index++)
            {
                command.Parameters[index].Value = statement.Values[index] ?? DBNull.Value;
            }
        }

        command.Transaction = transaction;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        commands.Clear();
    }
}
