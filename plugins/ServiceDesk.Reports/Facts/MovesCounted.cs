using Microsoft.EntityFrameworkCore.Migrations;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Reports.Facts;

/// <summary>The third version: figures are made anew once, since those of moved tickets were kept without their request type.</summary>
public sealed class MovesCounted : PluginTableUpgrade
{
    /// <inheritdoc/>
    public override int Version => 3;

    /// <inheritdoc/>
    public override void Up(MigrationBuilder migration, string prefix) =>
        migration.Sql(
            $"""
            UPDATE {prefix}progress SET
                "RebuildTo" = CASE WHEN "RebuildTo" > "Position" THEN "RebuildTo" ELSE "Position" END,
                "Position" = 0,
                "Round" = "Round" + 1
            """
        );
}
