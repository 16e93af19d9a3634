using System.Data;
using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Storage.Dialects;

/// <summary>
/// SQLite, embedded. One connection does every commit and every checkpoint; all others open read-only with automatic
/// checkpoints off, because versions before 3.51.3 can lose commits when one connection writes while another checkpoints.
/// </summary>
internal sealed class SqliteDialect(string file) : Dialect
{
    private readonly string readConnection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadOnly,
        DefaultTimeout = 30,
    }.ToString();

    private readonly string writeConnection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override ITextSearch TextSearch { get; } = new SqliteTextSearch();

    public override string NowTicks => "CAST(unixepoch('subsec') * 10000000 AS INTEGER)";

    // The single writer began its transaction at once, so nobody else can write.
    internal override string LockLogHead => "SELECT position FROM log_head WHERE id = 1";

    internal override string ClaimDueTimers =>
        $"""
            UPDATE timers SET owner = @p0, lease_until = {NowTicks} + @p2, fence = fence + 1
            WHERE rowid IN (
                SELECT rowid FROM timers WHERE due_at <= @p1 AND lease_until <= {NowTicks}
                ORDER BY due_at LIMIT @p3
            )
            RETURNING ticket_id, "key", due_at, fence
            """;

    internal override string NextDueTimer =>
        $"SELECT due_at AS \"Value\" FROM timers WHERE lease_until <= {NowTicks} ORDER BY due_at LIMIT 1";

    internal override string InsertIfMissing(string table, string columns, string values, int keys = 1) =>
        $"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING";

    public override string JsonText(string column, params ReadOnlySpan<string> path) =>
        $"json_extract({column}, '$.{string.Join('.', path.ToArray())}')";

    internal override IEnumerable<Statement> WriteText(TicketTextRow text, bool isNew) =>
        SqliteTextSearch.Write(text, isNew);

    internal override IEnumerable<Statement> RemoveText(long id) => SqliteTextSearch.Remove(id);

    internal override Task EraseAsync(Database database, CancellationToken cancellation) =>
        SqliteErasing.RunAsync(database, cancellation);

    // The driver's way to say "do not lock for writing"; without a shared cache the reader is serializable all the same.
    internal override IsolationLevel SnapshotIsolation => IsolationLevel.ReadUncommitted;

    internal override string TextsNotIndexed =>
        """
            SELECT id FROM ticket_texts WHERE id NOT IN (SELECT id FROM ticket_text_trigrams_docsize)
            UNION SELECT id FROM ticket_texts WHERE id NOT IN (SELECT id FROM ticket_text_pairs_docsize)
            UNION SELECT id FROM ticket_text_trigrams_docsize WHERE id NOT IN (SELECT id FROM ticket_texts)
            UNION SELECT id FROM ticket_text_pairs_docsize WHERE id NOT IN (SELECT id FROM ticket_texts)
            """;

    public override bool IsUniqueViolation(DbException error) =>
        error
            is SqliteException
            {
                SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE
                    or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY
                    or SQLitePCL.raw.SQLITE_CONSTRAINT_ROWID
            };

    internal override bool IsFaultOfData(DbException error) =>
        error
            is SqliteException
            {
                SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT
                    or SQLitePCL.raw.SQLITE_TOOBIG
                    or SQLitePCL.raw.SQLITE_MISMATCH
                    or SQLitePCL.raw.SQLITE_RANGE
                    or SQLitePCL.raw.SQLITE_ERROR
            };

    public override void ConfigureReading(DbContextOptionsBuilder options) =>
        options.UseSqlite(readConnection).AddInterceptors(new SqliteReaderSettings());

    public override void ConfigureOver(DbContextOptionsBuilder options, DbConnection connection) =>
        options.UseSqlite(connection);

    internal override IWriterGate CreateGate() => new SingleWriterGate(OpenWriter);

    internal override async Task PrepareAsync(WriteTurn turn, CancellationToken cancellation)
    {
        // A migration that was killed leaves its lock behind. Nobody else can hold it: this process owns the data folder.
        await using var command = turn.Connection.CreateCommand();
        command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal override Task<(string Version, string? Warning)> DescribeAsync(
        WriteTurn turn,
        CancellationToken cancellation
    )
    {
        var version = turn.Connection.ServerVersion;
        return Task.FromResult(($"SQLite {version}", SqliteVersions.Warning(version)));
    }

    private SqliteConnection OpenWriter()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        NetworkShare.Refuse(folder);
        var connection = new SqliteConnection(writeConnection);
        connection.Open();
        using var command = connection.CreateCommand();
        // What is deleted or moved is written over at once: a redaction could not find the copies that pages keep of it.
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA wal_autocheckpoint = 1000;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -32000;
            PRAGMA temp_store = MEMORY;
            PRAGMA secure_delete = ON;
            """;
        command.ExecuteNonQuery();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return connection;
    }
}
