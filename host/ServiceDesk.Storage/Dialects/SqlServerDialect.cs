using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Storage.Dialects;

/// <summary>SQL Server 2019 or newer, with READ_COMMITTED_SNAPSHOT on, which the migration sees to.</summary>
internal sealed class SqlServerDialect(string connection) : Dialect
{
    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override ITextSearch TextSearch { get; } = new SqlServerTextSearch();

    public override string NowTicks => "(DATEDIFF_BIG(microsecond, '1970-01-01', SYSUTCDATETIME()) * 10)";

    internal override string LockLogHead =>
        "SELECT position FROM log_head WITH (UPDLOCK, ROWLOCK, HOLDLOCK) WHERE id = 1";

    internal override string ClaimDueTimers =>
        $"""
            WITH due AS (
                SELECT TOP (@p3) ticket_id, "key", due_at, owner, lease_until, fence
                FROM timers WITH (READPAST, UPDLOCK, ROWLOCK)
                WHERE due_at <= @p1 AND lease_until <= {NowTicks}
                ORDER BY due_at
            )
            UPDATE due SET owner = @p0, lease_until = {NowTicks} + @p2, fence = fence + 1
            OUTPUT inserted.ticket_id, inserted."key", inserted.due_at, inserted.fence
            """;

    internal override string NextDueTimer =>
        $"SELECT TOP (1) due_at AS \"Value\" FROM timers WHERE lease_until <= {NowTicks} ORDER BY due_at";

    internal override string InsertIfMissing(string table, string columns, string values, int keys = 1)
    {
        var same = columns
            .Split(',')
            .Zip(values.Split(','))
            .Take(keys)
            .Select(pair => $"{pair.First.Trim()} = {pair.Second.Trim()}");
        return $"INSERT INTO {table} ({columns}) SELECT {values} "
            + $"WHERE NOT EXISTS (SELECT 1 FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE {string.Join(" AND ", same)})";
    }

    public override string JsonText(string column, params ReadOnlySpan<string> path) =>
        $"JSON_VALUE({column}, '$.{string.Join('.', path.ToArray())}')";

    internal override IEnumerable<Statement> WriteText(TicketTextRow text, bool isNew) =>
        SqlServerTextSearch.Write(text, isNew);

    internal override IEnumerable<Statement> RemoveText(long id) => SqlServerTextSearch.Remove(id);

    internal override IsolationLevel SnapshotIsolation => IsolationLevel.Snapshot;

    internal override string TextsNotIndexed =>
        """
            SELECT id FROM ticket_texts AS t
            WHERE LEN(t.text) > 0 AND NOT EXISTS (SELECT 1 FROM ticket_text_grams AS g WHERE g.text_id = t.id)
            UNION SELECT text_id FROM ticket_text_grams AS g
            WHERE NOT EXISTS (SELECT 1 FROM ticket_texts AS t WHERE t.id = g.text_id)
            """;

    public override bool IsUniqueViolation(DbException error) => error is SqlException { Number: 2601 or 2627 };

    // Unique, foreign key and check constraints; conversion, truncation, null and arithmetic errors.
    internal override bool IsFaultOfData(DbException error) =>
        error
            is SqlException
            {
                Number: 2601 or 2627 or 547 or 245 or 248 or 220 or 8115 or 8114 or 2628 or 8152 or 515 or 241 or 8134
            };

    public override void ConfigureReading(DbContextOptionsBuilder options) => options.UseSqlServer(connection);

    public override void ConfigureOver(DbContextOptionsBuilder options, DbConnection open) =>
        options.UseSqlServer(open);

    internal override IWriterGate CreateGate() => new ManyWritersGate(() => new SqlConnection(connection));

    internal override Task PrepareAsync(WriteTurn turn, CancellationToken cancellation) => Task.CompletedTask;

    internal override Task<(string Version, string? Warning)> DescribeAsync(
        WriteTurn turn,
        CancellationToken cancellation
    )
    {
        var version = turn.Connection.ServerVersion;
        var isOld = Version.TryParse(version, out var parsed) && parsed.Major < 15;
        return Task.FromResult(
            (
                $"SQL Server {version}",
                isOld ? $"SQL Server {version} is older than 2019, which is not supported." : null
            )
        );
    }
}
