using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What desks tell their customers in the portal.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261203010000_Announcements")]
public sealed class M20261203Announcements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "announcements",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Int("version")
                    .OptionalText("desk", 60)
                    .Int("level")
                    .Text("title")
                    .OptionalText("body")
                    .Long("from_at")
                    .OptionalLong("until_at")
                    .Long("person_id", "changed_at")
                    .Index("from_at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
