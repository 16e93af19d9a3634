using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Where organizations are, and who of them sees colleagues' requests.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261201010000_Regions")]
public sealed class M20261201Regions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Extend("organizations", table => table.OptionalText("region", 100));
        tables.Extend("people", table => table.OptionalFlag("sees_colleagues"));
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
