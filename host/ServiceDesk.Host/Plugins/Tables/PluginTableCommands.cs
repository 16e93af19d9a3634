using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Host.Plugins.Tables;

/// <summary>What brings the tables of a plugin to its version.</summary>
public static class PluginTableCommands
{
    /// <summary>The commands, in their order, in the words of the context's database.</summary>
    /// <param name="owned">The plugin's tables.</param>
    /// <param name="context">Made by it, on the database that is meant.</param>
    /// <param name="version">The version that they have; 0 when there are none.</param>
    public static IReadOnlyList<MigrationCommand> Of(PluginTables owned, PluginDbContext context, int version)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        IReadOnlyList<MigrationOperation> operations;
        if (version == 0)
        {
            operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());
        }
        else
        {
            var builder = new MigrationBuilder(context.Database.ProviderName);
            foreach (var upgrade in owned.Upgrades.Where(upgrade => upgrade.Version > version))
            {
                upgrade.Up(builder, context.Prefix);
            }

            operations = builder.Operations;
        }

        return context.GetService<IMigrationsSqlGenerator>().Generate(operations, model);
    }
}
