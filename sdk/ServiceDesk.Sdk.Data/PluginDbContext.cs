using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Sdk.Data;

/// <summary>
/// The tables of a plugin on the product's database. Every table gets the plugin's prefix, so that no two plugins and no later
/// version of the product can meet. Never made by hand: take <see cref="IPluginTables{TContext}"/>.
/// </summary>
/// <param name="options">Given by the server, with its provider and connection.</param>
/// <param name="plugin">The plugin's id.</param>
public abstract class PluginDbContext(DbContextOptions options, string plugin) : DbContext(options)
{
    /// <summary>What stands in front of the name of each table: <c>plugin_ID_</c>, with underscores for the id's dashes.</summary>
    public string Prefix { get; } = PrefixOf(plugin);

    /// <summary>The prefix of a plugin's tables.</summary>
    /// <param name="plugin">The plugin's id, as <see cref="PluginManifest.Id"/>.</param>
    public static string PrefixOf(string plugin) => $"plugin_{plugin.Replace('-', '_')}_";

    /// <summary>Describes the tables, as <c>OnModelCreating</c> does elsewhere; names of tables without prefix. Instants are stored as Unix ticks (<c>long</c>), so that they compare alike on every database.</summary>
    protected abstract void Describe(ModelBuilder model);

    /// <summary>Describes the tables and puts the prefix before their names and those of their keys and indexes.</summary>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Describe(modelBuilder);
        modelBuilder.Entity<FoundTicket>().HasNoKey().ToView(null);
        modelBuilder.Entity<TicketWord>().HasNoKey().ToView(null);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table && !table.StartsWith(Prefix, StringComparison.Ordinal))
            {
                entity.SetTableName(Prefix + table);
            }
        }
    }
}
