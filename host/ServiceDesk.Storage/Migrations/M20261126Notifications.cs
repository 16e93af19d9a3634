using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What people are told.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126110000_Notifications")]
public sealed class M20261126Notifications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "notifications",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .Text("key", 255)
                    .Text("text")
                    .OptionalLong("ticket_id")
                    .Int("visibility")
                    .Long("at")
                    .Flag("is_read")
                    .Unique("person_id", "key")
                    .Index("person_id", "is_read", "id")
                    .Index("at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
