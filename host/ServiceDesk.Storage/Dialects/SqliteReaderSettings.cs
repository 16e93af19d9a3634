using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ServiceDesk.Storage.Dialects;

/// <summary>Readers never write and never checkpoint.</summary>
internal sealed class SqliteReaderSettings : DbConnectionInterceptor
{
    private const string Settings =
        "PRAGMA query_only = 1; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456;";

    // They stay with the handle, which the pool hands out again and again.
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, string> Done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Apply(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    private static void Apply(DbConnection connection)
    {
        var handle = (connection as SqliteConnection)?.Handle;
        if (handle is not null && Done.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        if (handle is not null)
        {
            Done.AddOrUpdate(handle, Settings);
        }
    }
}
