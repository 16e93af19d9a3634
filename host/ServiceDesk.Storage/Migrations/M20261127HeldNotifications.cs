using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What people are told when their quiet hours are over.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261127030000_HeldNotifications")]
public sealed class M20261127HeldNotifications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "held_notifications",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .Text("key", 255)
                    .Text("text")
                    .OptionalLong("ticket_id")
                    .Int("visibility")
                    .Long("due_at")
                    .Unique("person_id", "key")
                    .Index("due_at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
