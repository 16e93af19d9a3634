using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Storage.Dialects;

/// <summary>PostgreSQL 15 or newer.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    private readonly string connectionString;
    private readonly PostgreSqlRows rows;
    private string? schema;

    public PostgreSqlDialect(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        // Whoever has a pooler between that cannot keep prepared statements says 0. Npgsql's own builder has every key it knows.
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        if (!given.ContainsKey("Max Auto Prepare") && !given.ContainsKey(nameof(builder.MaxAutoPrepare)))
        {
            builder.MaxAutoPrepare = 100;
        }

        if (string.IsNullOrEmpty(builder.ApplicationName))
        {
            builder.ApplicationName = "ServiceDesk";
        }

        connectionString = builder.ToString();
        rows = new PostgreSqlRows(ColumnsOf);
    }

    public override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override ITextSearch TextSearch { get; } = new PostgreSqlTextSearch();

    public override string NowTicks => "CAST(extract(epoch FROM clock_timestamp()) * 10000000 AS bigint)";

    internal override string LockLogHead => "SELECT position FROM log_head WHERE id = 1 FOR UPDATE";

    internal override string ClaimDueTimers =>
        $"""
            UPDATE timers AS t SET owner = @p0, lease_until = {NowTicks} + @p2, fence = t.fence + 1
            FROM (
                SELECT ticket_id, key FROM timers WHERE due_at <= @p1 AND lease_until <= {NowTicks}
                ORDER BY due_at LIMIT @p3 FOR UPDATE SKIP LOCKED
            ) AS due
            WHERE t.ticket_id = due.ticket_id AND t.key = due.key
            RETURNING t.ticket_id, t.key, t.due_at, t.fence
            """;

    internal override string NextDueTimer =>
        $"SELECT due_at AS \"Value\" FROM timers WHERE lease_until <= {NowTicks} ORDER BY due_at LIMIT 1";

    internal override string InsertIfMissing(string table, string columns, string values, int keys = 1) =>
        $"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING";

    public override string JsonText(string column, params ReadOnlySpan<string> path) =>
        $"({column}::jsonb #>> '{{{string.Join(',', path.ToArray())}}}')";

    internal override IEnumerable<Statement> WriteText(TicketTextRow text, bool isNew) =>
        PostgreSqlTextSearch.Write(text, isNew);

    internal override IEnumerable<Statement> RemoveText(long id) =>
        [new Statement("DELETE FROM ticket_texts WHERE id = @p0", id)];

    internal override IReadOnlyList<Statement> Together(IReadOnlyList<Statement> statements) =>
        rows.Together(statements);

    internal override Statement Among<T>(string sql, T[] values) => new($"{sql} = ANY (@p0)", values);

    internal override IsolationLevel SnapshotIsolation => IsolationLevel.RepeatableRead;

    internal override string TextsNotIndexed =>
        "SELECT id FROM ticket_texts WHERE cardinality(grams) = 0 AND text ~ '\\S'";

    public override bool IsUniqueViolation(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    // Classes 22 (data) and 23 (constraints).
    internal override bool IsFaultOfData(DbException error) =>
        error is PostgresException { SqlState: ['2', '2' or '3', ..] };

    public override void ConfigureReading(DbContextOptionsBuilder options) => options.UseNpgsql(connectionString);

    public override void ConfigureOver(DbContextOptionsBuilder options, DbConnection connection) =>
        options.UseNpgsql(
            connection,
            npgsql =>
            {
                if (schema is not null)
                {
                    npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, schema);
                }
            }
        );

    internal override IWriterGate CreateGate() => new ManyWritersGate(() => new NpgsqlConnection(connectionString));

    // The driver makes tables where the connection leads, but looks for the history of migrations in the schema "public" unless
    // it is told another one.
    internal override async Task PrepareAsync(WriteTurn turn, CancellationToken cancellation)
    {
        await using var command = turn.Connection.CreateCommand();
        command.CommandText = "SELECT current_schema()";
        schema = await command.ExecuteScalarAsync(cancellation) as string;
    }

    internal override Task<(string Version, string? Warning)> DescribeAsync(
        WriteTurn turn,
        CancellationToken cancellation
    )
    {
        var version = ((NpgsqlConnection)turn.Connection).PostgreSqlVersion;
        var warning = version.Major < 15 ? $"PostgreSQL {version} is older than 15, which is not supported." : null;
        return Task.FromResult(($"PostgreSQL {version}", warning));
    }

    private Dictionary<string, string>? ColumnsOf(string table)
    {
        var options = new DbContextOptionsBuilder<ServiceDeskDb>();
        ConfigureReading(options);
        using var db = new ServiceDeskDb(options.Options);
        return db
            .Model.GetRelationalModel()
            .FindTable(table, null)
            ?.Columns.ToDictionary(column => column.Name, column => column.StoreType, StringComparer.Ordinal);
    }
}
