using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>The first tables.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261122050000_TheHouse")]
public sealed class M20261122TheHouse : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        // Readers must not wait for writers.
        tables.Only(
            Tables.SqlServer,
            "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE",
            suppressTransaction: true
        );
        tables.Only(
            Tables.SqlServer,
            "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON",
            suppressTransaction: true
        );
        LogTables.Create(tables);
        TicketTables.Create(tables);
        DocumentTables.Create(tables);
        PeopleTables.Create(tables);
    }

    // Without a version EF Core takes the migration for one of its first releases and adds filters of that time.
    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
