using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Storage;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Benchmarks.Reports;

/// <summary>The tables of reports on the database of a benchmark.</summary>
internal sealed class BenchmarkTables(IDatabase database) : IPluginTables<ReportTables>
{
    public Task MakeAsync() =>
        WriteAsync(
            async (db, token) =>
            {
                var script = db.Database.GenerateCreateScript();
                var exists = await db.Database.SqlQueryRaw<int>(ExistsSql()).AnyAsync(token);
                foreach (var statement in exists ? [] : script.Split(";\n", StringSplitOptions.TrimEntries))
                {
                    if (statement.Length > 0)
                    {
                        await db.Database.ExecuteSqlRawAsync(statement, token);
                    }
                }

                return true;
            }
        );

    public async Task<T> ReadAsync<T>(
        Func<ReportTables, CancellationToken, Task<T>> read,
        CancellationToken cancellation = default
    )
    {
        await using var context = Of(database.Dialect.ConfigureReading);
        return await read(context, cancellation);
    }

    public Task<T> WriteAsync<T>(
        Func<ReportTables, CancellationToken, Task<T>> write,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var connection = db.Database.GetDbConnection();
                await using var context = Of(options => database.Dialect.ConfigureOver(options, connection));
                await context.Database.UseTransactionAsync(db.Database.CurrentTransaction!.GetDbTransaction(), token);
                var result = await write(context, token);
                await context.SaveChangesAsync(token);
                return result;
            },
            cancellation
        );

    private string ExistsSql() =>
        database.Dialect.Provider == DatabaseProvider.Sqlite
            ? "SELECT 1 AS \"Value\" FROM sqlite_master WHERE name = 'plugin_reports_facts'"
            : "SELECT 1 AS \"Value\" FROM information_schema.tables WHERE table_name = 'plugin_reports_facts'";

    private static ReportTables Of(Action<DbContextOptionsBuilder> configure)
    {
        var options = new DbContextOptionsBuilder<ReportTables>();
        configure(options);
        return new ReportTables(options.Options);
    }
}
