using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What rules did and what they wait for.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126100000_Rules")]
public sealed class M20261126Rules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Create(
            "rule_runs",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("ticket_id")
                    .Text("rule", 100)
                    .Text("occasion", 100)
                    .Int("rule_version")
                    .Long("at")
                    .Int("outcome")
                    .Flag("has_refusals")
                    .Text("detail")
                    .Unique("ticket_id", "rule", "occasion")
                    .Index("rule", "id")
                    .Index("outcome", "id")
                    .Index("at")
        );
        tables.Create(
            "rule_waits",
            table =>
                table
                    .Long("ticket_id")
                    .Text("rule", 100)
                    .Int("place")
                    .Long("position", "due_at")
                    .Key("ticket_id", "rule", "place")
                    .Index("due_at")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
