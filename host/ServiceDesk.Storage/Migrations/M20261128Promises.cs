using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Promises as reports count them. They are filled from the log, from its first event on.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261128010000_Promises")]
public sealed class M20261128Promises : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Create(
            "sla_promises",
            table =>
                table
                    .Long("ticket_id")
                    .Text("metric", 100)
                    .Int("cycle", "agreement")
                    .Text("policy", 100)
                    .Text("calendar", 100)
                    .Long("target_ticks")
                    .Int("status", "verdict")
                    .Long("started_at", "decided_at")
                    .OptionalLong("stopped_at")
                    .Long("due_at", "near_at", "elapsed_ticks", "paused_ticks", "outside_ticks", "team_id")
                    .Int("was")
                    .Long("elapsed_was")
                    .Key("ticket_id", "metric", "cycle")
                    .Index("agreement", "decided_at")
                    .Index("agreement", "started_at")
                    .Index("status", "agreement")
        );
        tables.Create(
            "sla_promise_stays",
            table =>
                table
                    .Long("ticket_id")
                    .Text("metric", 100)
                    .Int("cycle", "number", "kind")
                    .Text("type", 100)
                    .Text("status", 100)
                    .Long("team_id")
                    .Flag("is_assigned")
                    .Long("ticks")
                    .Key("ticket_id", "metric", "cycle", "number")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
