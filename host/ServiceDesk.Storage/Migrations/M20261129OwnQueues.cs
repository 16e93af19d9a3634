using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Queues that people make for themselves and their teams.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261129050000_OwnQueues")]
public sealed class M20261129OwnQueues : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "own_queues",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .OptionalLong("team_id")
                    .Text("name", 255)
                    .Text("query")
                    .OptionalText("grouping", 100)
                    .OptionalInt("rows")
                    .Int("place")
                    .Index("person_id")
                    .Index("team_id")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
