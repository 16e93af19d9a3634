using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>With which organizations tickets are shared, and which are kept from their own.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261208010000_Sharing")]
public sealed class M20261208Sharing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Extend("tickets", table => table.OptionalFlag("is_private"));
        tables.Create(
            "ticket_organizations",
            table =>
                table
                    .Long("ticket_id", "organization_id")
                    .Key("ticket_id", "organization_id")
                    .Belongs("ticket_id", "tickets")
                    .Index("organization_id")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
