using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Bulk edits: what is changed, on which tickets, and what became of each.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261202010000_BulkRuns")]
public sealed class M20261202BulkRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Create(
            "bulk_runs",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .Int("state")
                    .OptionalLong("undo_of")
                    .OptionalText("query")
                    .OptionalText("changes")
                    .Int("total")
                    .OptionalText("owner", 100)
                    .Long("created_at", "seen_at")
                    .OptionalLong("started_at", "finished_at")
                    .UniqueWhereSet("undo_of")
                    .Index("state", "id")
                    .Index("person_id", "id")
        );
        tables.Create(
            "bulk_run_tickets",
            table =>
                table
                    .Long("run_id")
                    .Int("place")
                    .Long("ticket_id")
                    .Int("checked")
                    .Long("checked_version")
                    .Int("outcome")
                    .OptionalText("notes")
                    .Long("from_version", "to_version")
                    .Key("run_id", "place")
                    .Belongs("run_id", "bulk_runs")
                    .Unique("run_id", "ticket_id")
                    .Index("ticket_id")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
