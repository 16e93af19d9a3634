using Microsoft.EntityFrameworkCore.Migrations;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Crm.Tables;

/// <summary>The second version: claims on budgets.</summary>
public sealed class ClaimsUpgrade : PluginTableUpgrade
{
    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    public override void Up(MigrationBuilder migration, string prefix) =>
        migration.CreateTable(
            name: prefix + "claims",
            columns: table => new
            {
                ContractId = table.Column<long>(),
                TicketId = table.Column<long>(),
                Unit = table.Column<int>(),
                Total = table.Column<long>(),
                At = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey($"PK_{prefix}claims", row => new { row.ContractId, row.TicketId })
        );
}
