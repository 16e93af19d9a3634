using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Storage.Dialects;

/// <summary>The questions that databases answer differently. Vendor SQL stands in the derived classes and nowhere else.</summary>
public abstract class Dialect
{
    private protected Dialect() { }

    /// <summary>Which database.</summary>
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Full-text search.</summary>
    public abstract ITextSearch TextSearch { get; }

    /// <summary>The database's clock in Unix ticks, as an expression. Leases end by it, so that the clocks of nodes need not agree.</summary>
    public abstract string NowTicks { get; }

    /// <summary>The position of the newest event, with its row locked until the transaction ends.</summary>
    internal abstract string LockLogHead { get; }

    /// <summary>
    /// Claims due timers and returns ticket, key, due instant and fence of each, passing over what another node claims at the
    /// same moment. Parameters: 0 node, 1 due until, 2 lease in ticks, 3 most rows.
    /// </summary>
    internal abstract string ClaimDueTimers { get; }

    /// <summary>The earliest due instant of a timer that nobody has claimed, in a column <c>Value</c>.</summary>
    internal abstract string NextDueTimer { get; }

    /// <summary>The ids of the migrations that the database has had.</summary>
    internal const string AppliedMigrations = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;

    /// <summary>Adds a row, or leaves the one that has the same key.</summary>
    /// <param name="keys">How many of the first columns are the key.</param>
    internal abstract string InsertIfMissing(string table, string columns, string values, int keys = 1);

    /// <summary>The text of JSON at a path of object members, as an expression; null where there is none.</summary>
    public abstract string JsonText(string column, params ReadOnlySpan<string> path);

    /// <summary>Statements that put a text and its index entries in place.</summary>
    /// <param name="isNew">Whether there was none with this id.</param>
    internal abstract IEnumerable<Statement> WriteText(TicketTextRow text, bool isNew);

    /// <summary>Statements that take a text and its index entries away.</summary>
    internal abstract IEnumerable<Statement> RemoveText(long id);

    /// <summary>Takes away what indexes and files of the database keep of texts that were taken out, where that is ours to do. Other commits go on beside it.</summary>
    internal virtual Task EraseAsync(Database database, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// The same effect in as few statements as the database can do with. Those of one text may run before those of others, so
    /// statements on one row must not depend on the order of their texts.
    /// </summary>
    internal virtual IReadOnlyList<Statement> Together(IReadOnlyList<Statement> statements) => statements;

    /// <summary>A statement that ends in a comparison of a column with any of some values.</summary>
    /// <param name="sql">It up to and with the column.</param>
    internal virtual Statement Among<T>(string sql, T[] values) =>
        new($"{sql} IN ({Statement.List(values.Length)})", [.. values.Select(value => (object?)value)]);

    /// <summary>The isolation in which a reader sees one moment throughout.</summary>
    internal abstract IsolationLevel SnapshotIsolation { get; }

    /// <summary>Ids of texts that their index does not hold, and of entries of the index whose text is gone. Looks at everything.</summary>
    internal abstract string TextsNotIndexed { get; }

    /// <summary>Whether a row with the same unique value exists.</summary>
    public abstract bool IsUniqueViolation(DbException error);

    /// <summary>Whether the database refused this data and would refuse it again, while it takes other data.</summary>
    internal abstract bool IsFaultOfData(DbException error);

    /// <summary>Lets EF Core read with connections of its own.</summary>
    public abstract void ConfigureReading(DbContextOptionsBuilder options);

    /// <summary>Lets EF Core use an open connection.</summary>
    public abstract void ConfigureOver(DbContextOptionsBuilder options, DbConnection connection);

    /// <summary>Opens connections for writing, one at a time where the database takes one writer only.</summary>
    internal abstract IWriterGate CreateGate();

    /// <summary>Makes the database ready to be migrated: creates it where that is ours to do, and clears what a killed migration left.</summary>
    internal abstract Task PrepareAsync(WriteTurn turn, CancellationToken cancellation);

    /// <summary>Words about the server for the log, with a warning where its version is known to be risky.</summary>
    internal abstract Task<(string Version, string? Warning)> DescribeAsync(
        WriteTurn turn,
        CancellationToken cancellation
    );

    /// <summary>The dialect of the options' database.</summary>
    public static Dialect For(StorageOptions options) =>
        options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDialect(options.SqliteFile),
            DatabaseProvider.PostgreSql => new PostgreSqlDialect(RequiredConnection(options)),
            DatabaseProvider.SqlServer => new SqlServerDialect(RequiredConnection(options)),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Unknown database."),
        };

    private static string RequiredConnection(StorageOptions options) =>
        options.Connection ?? throw new ArgumentException("A connection string is needed.", nameof(options));
}
