using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Host.Plugins.Tables;

/// <summary>
/// Makes and upgrades the tables of plugins, each plugin's in one transaction with the note of its version. A plugin whose
/// tables cannot be brought to its version is switched off; the server goes on.
/// </summary>
internal sealed class PluginTablesStartup(
    IEnumerable<PluginTables> tables,
    IDatabase database,
    PluginCatalog catalog,
    IClock clock
) : IStartupStep
{
    private const string VersionName = "tables";

    public int Order => StartupOrder.Storage + 50;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var owned in tables)
        {
            try
            {
                await database.WriteAsync((db, token) => BringUpAsync(owned, db, token), cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                catalog.Find(owned.Plugin)?.GiveUp(PluginReason.Threw("plugins.reason.tables", exception));
            }
        }
    }

    private async Task BringUpAsync(PluginTables owned, Storage.ServiceDeskDb db, CancellationToken cancellation)
    {
        var owner = $"plugin:{owned.Plugin}";
        var row = await db.Settings.FindAsync([owner, VersionName], cancellation);
        var version = row is null ? 0 : int.Parse(row.Json, CultureInfo.InvariantCulture);
        if (version == owned.Version)
        {
            return;
        }

        if (version > owned.Version)
        {
            throw new InvalidOperationException(
                $"The tables have version {version}; this version of the plugin knows {owned.Version}."
            );
        }

        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        await using var context = owned.Create(options => database.Dialect.ConfigureOver(options, connection));
        foreach (var command in PluginTableCommands.Of(owned, context, version))
        {
            await ExecuteAsync(command, connection, transaction, cancellation);
        }

        Note(db, row, owner, owned.Version);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task ExecuteAsync(
        MigrationCommand command,
        DbConnection connection,
        DbTransaction transaction,
        CancellationToken cancellation
    )
    {
        await using var statement = connection.CreateCommand();
        statement.Transaction = transaction;
        statement.CommandText = command.CommandText;
        await statement.ExecuteNonQueryAsync(cancellation);
    }

    private void Note(Storage.ServiceDeskDb db, SettingRow? row, string owner, int version)
    {
        row ??= db.Settings.Add(new SettingRow { Owner = owner, Name = VersionName }).Entity;
        row.Json = version.ToString(CultureInfo.InvariantCulture);
        row.At = clock.GetCurrentInstant().ToUnixTimeTicks();
    }
}
