using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Sdk.Data;

/// <summary>
/// Brings a plugin's tables from one version to the next. The first version needs none: a new installation gets the tables as
/// the context describes them, at once in the newest version. Runs in one transaction with the note of the new version.
/// </summary>
public abstract class PluginTableUpgrade
{
    /// <summary>The version that the tables have afterwards: 2 or more, without gaps.</summary>
    public abstract int Version { get; }

    /// <summary>Says what changes. Leave types of columns to the provider; SQL must be understood by every database.</summary>
    /// <param name="migration">Takes the changes.</param>
    /// <param name="prefix">Stands before the name of each table.</param>
    public abstract void Up(MigrationBuilder migration, string prefix);
}
