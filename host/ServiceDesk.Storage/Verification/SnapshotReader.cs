using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Verification;

/// <summary>Reads the database as it is at one moment, so that commits during a verification are no findings.</summary>
internal sealed class SnapshotReader : IAsyncDisposable
{
    private readonly ServiceDeskDb db;
    private DbTransaction? transaction;

    private SnapshotReader(ServiceDeskDb db) => this.db = db;

    public static async Task<SnapshotReader> OpenAsync(Database database, CancellationToken cancellation)
    {
        var snapshot = new SnapshotReader(database.CreateDbContext());
        try
        {
            await Reading.AvailableAsync(async () =>
            {
                await snapshot.db.Database.OpenConnectionAsync(cancellation);
                snapshot.transaction = await snapshot.Connection.BeginTransactionAsync(
                    database.Dialect.SnapshotIsolation,
                    cancellation
                );
                return true;
            });
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    private DbConnection Connection => db.Database.GetDbConnection();

    public Task<List<object?[]>> RowsAsync(Statement statement, CancellationToken cancellation) =>
        Reading.AvailableAsync(async () =>
        {
            await using var command = Connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = statement.Sql;
            statement.Bind(command.Parameters, command.CreateParameter);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.RowsAsync(cancellation);
        });

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        // It goes back to those that wait for the next reader, or writer, who finds it closed.
        await db.Database.CloseConnectionAsync();
        await db.DisposeAsync();
    }
}
