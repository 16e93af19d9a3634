using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Tickets that are given to people by themselves.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261127020000_Assignments")]
public sealed class M20261127Assignments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Create(
            "assignments",
            table =>
                table
                    .Long("ticket_id", "position")
                    .Int("attempt")
                    .OptionalLong("person_id")
                    .Text("decided")
                    .Flag("is_done")
                    .OptionalLong("retry_at")
                    .Long("at")
                    .Key("ticket_id", "position")
                    .Index("is_done", "person_id")
                    .Index("retry_at")
                    .Index("at")
        );
        tables.Create(
            "assignment_turns",
            table => table.Text("policy", 100).OptionalLong("person_id").Long("turns").Key("policy")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
