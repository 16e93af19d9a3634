using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Storage.Connections;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Host.Plugins.Tables;

/// <summary>Lends the product's database to plugins: reading apart, writing in turn with everything else that writes.</summary>
internal sealed class PluginDatabase(IDatabase database) : IPluginDatabase
{
    public void ConfigureReading(DbContextOptionsBuilder options) => database.Dialect.ConfigureReading(options);

    public Task<T> WriteAsync<T>(
        Func<LentConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            (db, token) =>
            {
                var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
                var connection = db.Database.GetDbConnection();
                var lent = new LentConnection(
                    transaction,
                    options => database.Dialect.ConfigureOver(options, connection)
                );
                return work(lent, token);
            },
            cancellation
        );
}
