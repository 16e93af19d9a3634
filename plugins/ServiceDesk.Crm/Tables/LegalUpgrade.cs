using Microsoft.EntityFrameworkCore.Migrations;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Crm.Tables;

/// <summary>The third version: whom a contract names for legal matters.</summary>
public sealed class LegalUpgrade : PluginTableUpgrade
{
    /// <inheritdoc/>
    public override int Version => 3;

    /// <inheritdoc/>
    public override void Up(MigrationBuilder migration, string prefix) =>
        migration.AddColumn<long>(name: "LegalId", table: prefix + "contracts", nullable: true);
}
