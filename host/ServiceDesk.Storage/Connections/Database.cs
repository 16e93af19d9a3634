using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Connections;

/// <inheritdoc cref="IDatabase"/>
public sealed partial class Database : IDatabase
{
    // A page asks several times, each time with a context of its own: made anew they cost more than what they ask.
    private const int MostPooled = 64;

    private readonly PooledDbContextFactory<ServiceDeskDb> reading;
    private readonly ILogger<Database> logger;

    internal Database(Dialect dialect, IWriterGate gate, ILogger<Database> logger)
    {
        this.logger = logger;
        Dialect = dialect;
        Gate = gate;
        var builder = Builder();
        Dialect.ConfigureReading(builder);
        reading = new PooledDbContextFactory<ServiceDeskDb>(builder.Options, MostPooled);
    }

    /// <inheritdoc/>
    public Dialect Dialect { get; }

    internal IWriterGate Gate { get; }

    /// <inheritdoc/>
    public ServiceDeskDb CreateDbContext()
    {
        var db = reading.CreateDbContext();
        db.Gate = Gate as SingleWriterGate;
        db.Dialect = Dialect;
        return db;
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(
        Func<ServiceDeskDb, CancellationToken, Task<T>> work,
        CancellationToken cancellation = default
    )
    {
        try
        {
            await using var turn = await Gate.EnterAsync(cancellation);
            await using var db = Over(turn.Connection);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work(db, cancellation);
            await CommitAsync(turn, () => transaction.CommitAsync(CancellationToken.None));
            return result;
        }
        catch (Exception error) when (IsUnavailable(error, Dialect))
        {
            throw Unavailable(error);
        }
    }

    /// <summary>Runs statements in a transaction of their own, without EF Core.</summary>
    internal async Task<T> WriteAsync<T>(
        Func<WriteTurn, DbTransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var turn = await Gate.EnterAsync(cancellation);
            await using var transaction = await turn.Connection.BeginTransactionAsync(cancellation);
            var result = await work(turn, transaction, cancellation);
            await CommitAsync(turn, () => transaction.CommitAsync(CancellationToken.None));
            return result;
        }
        catch (Exception error) when (IsUnavailable(error, Dialect))
        {
            throw Unavailable(error);
        }
    }

    /// <summary>Brings the tables to this version. Can be repeated at every start.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached, or its folder is no place for it.</exception>
    /// <exception cref="NewerDatabaseException">It is of a newer version; nothing was done to it.</exception>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        try
        {
            await using var turn = await Gate.EnterAsync(cancellation);
            var (version, warning) = await Dialect.DescribeAsync(turn, cancellation);
            LogVersion(version);
            if (warning is not null)
            {
                LogWarning(warning);
            }

            await Dialect.PrepareAsync(turn, cancellation);
            await using var db = Over(turn.Connection);
            if (!await IsOfThisVersionAsync(turn, db, cancellation))
            {
                await db.Database.MigrateAsync(cancellation);
            }
        }
        catch (Exception error) when (Cause(error) is not null)
        {
            throw Unavailable(error);
        }
    }

    internal static StorageUnavailableException Unavailable(Exception error) =>
        new("The database did not take it: " + (Cause(error) ?? error).Message, error);

    /// <summary>Whether the database failed, and not what was asked of it.</summary>
    internal static bool IsUnavailable(Exception error, Dialect dialect) =>
        Cause(error) is { } cause && !dialect.IsFaultOfData(cause);

    /// <summary>What the driver said below the errors that EF Core puts around it: of a failed save, and its advice to retry around either.</summary>
    internal static DbException? Cause(Exception error) =>
        error switch
        {
            DbException own => own,
            DbUpdateException or InvalidOperationException when error.InnerException is { } inner => Cause(inner),
            _ => null,
        };

    // EF Core takes a second of every start, and writes, to find out that there is nothing to do.
    private static async Task<bool> IsOfThisVersionAsync(
        WriteTurn turn,
        ServiceDeskDb db,
        CancellationToken cancellation
    )
    {
        var known = db.GetService<IMigrationsAssembly>().Migrations.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var applied = new List<string>();
        try
        {
            await using var command = turn.Connection.CreateCommand();
            command.CommandText = Dialects.Dialect.AppliedMigrations;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                applied.Add(reader.GetString(0));
            }
        }
        catch (DbException)
        {
            // An empty database has no such table; one that cannot be reached says so when it is migrated.
            return false;
        }

        // Their ids begin with when they were made.
        return applied.Where(id => !known.Contains(id)).Max(StringComparer.Ordinal) is { } newer
            ? throw new NewerDatabaseException(newer)
            : known.IsSubsetOf(applied);
    }

    private static async Task CommitAsync(WriteTurn turn, Func<Task> commit)
    {
        try
        {
            await commit();
        }
        catch (DbException)
        {
            turn.IsBroken = true;
            throw;
        }
    }

    private ServiceDeskDb Over(DbConnection connection)
    {
        var builder = Builder();
        Dialect.ConfigureOver(builder, connection);
        return new ServiceDeskDb(builder.Options) { Dialect = Dialect };
    }

    // Migrations are written by hand and a test compares their tables with the model; there is no snapshot to compare with.
    private static DbContextOptionsBuilder<ServiceDeskDb> Builder() =>
        new DbContextOptionsBuilder<ServiceDeskDb>().ConfigureWarnings(warnings =>
            warnings.Ignore(
                RelationalEventId.PendingModelChangesWarning,
                RelationalEventId.MultipleCollectionIncludeWarning
            )
        );

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is {Version}.")]
    private partial void LogVersion(string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void LogWarning(string warning);
}
