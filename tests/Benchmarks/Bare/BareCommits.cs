using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using ServiceDesk.Storage;

namespace ServiceDesk.Benchmarks.Bare;

/// <summary>
/// What the database alone can do: a row of 200 characters a commit, durable, on the disk and with the settings of the
/// product's own database. On SQLite one connection writes for all, which is the most that it can give.
/// </summary>
internal sealed class BareCommits : IAsyncDisposable
{
    private const string Table = "benchmark_commits";
    private static readonly string Payload = new('x', 200);

    private readonly DbConnection[] connections;
    private readonly DbCommand[] commands;
    private readonly SemaphoreSlim[] turns;

    private BareCommits(DbConnection[] connections)
    {
        this.connections = connections;
        commands = [.. connections.Select(Insert)];
        turns = [.. connections.Select(_ => new SemaphoreSlim(1, 1))];
    }

    /// <summary>Makes the table.</summary>
    public static async Task<BareCommits> OpenAsync(StorageOptions storage, int clients)
    {
        return new BareCommits(
            await (
                storage.Provider == DatabaseProvider.Sqlite ? SqliteAsync(storage) : PostgreSqlAsync(storage, clients)
            )
        );
    }

    /// <summary>One commit.</summary>
    public async Task CommitAsync(int number)
    {
        var at = number % connections.Length;
        await turns[at].WaitAsync();
        try
        {
            await commands[at].ExecuteNonQueryAsync();
        }
        finally
        {
            turns[at].Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(connections[0], $"DROP TABLE {Table}");
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        foreach (var turn in turns)
        {
            turn.Dispose();
        }
    }

    private static async Task<DbConnection[]> SqliteAsync(StorageOptions storage)
    {
        var file = Path.Combine(storage.DataFolder, "bare-commits.db");
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await RunAsync(
            connection,
            $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; DROP TABLE IF EXISTS {Table}; CREATE TABLE {Table} (id INTEGER PRIMARY KEY, payload TEXT NOT NULL)"
        );
        return [connection];
    }

    private static async Task<DbConnection[]> PostgreSqlAsync(StorageOptions storage, int clients)
    {
        var many = new DbConnection[clients];
        for (var at = 0; at < clients; at++)
        {
            many[at] = new NpgsqlConnection(storage.Connection);
            await many[at].OpenAsync();
        }

        await RunAsync(
            many[0],
            $"DROP TABLE IF EXISTS {Table}; CREATE TABLE {Table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload text NOT NULL)"
        );
        return many;
    }

    private static DbCommand Insert(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {Table} (payload) VALUES (@payload)";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("payload", Payload);
        command.Parameters.Add(parameter);
        command.Prepare();
        return command;
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
