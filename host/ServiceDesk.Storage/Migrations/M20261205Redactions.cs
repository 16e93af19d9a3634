using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What was taken out of tickets for good.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261205010000_Redactions")]
public sealed class M20261205Redactions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "redactions",
            table =>
                table
                    .Long("ticket_id", "version", "source", "file_id")
                    .OptionalText("content", 64)
                    .Int("part", "was")
                    .Text("sha256", 64)
                    .Long("at")
                    .OptionalLong("person_id")
                    .Text("reason", 255)
                    .Flag("is_finished")
                    .Key("ticket_id", "version", "source")
                    .Index("file_id")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
