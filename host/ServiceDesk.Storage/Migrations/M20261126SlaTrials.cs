using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Drafts of SLA policies and calendars, what they would have meant, how they came into force, and proposed corrections of clocks.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126193000_SlaTrials")]
public sealed class M20261126SlaTrials : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Create(
            "sla_backtests",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Int("state")
                    .OptionalInt("slot")
                    .Text("request")
                    .Long("person_id", "started_at", "seen_at")
                    .OptionalLong("finished_at")
                    .Int("done", "total")
                    .Flag("is_cancelled", "is_cut")
                    .OptionalText("figures")
                    .UniqueWhereSet("slot")
        );
        tables.Create(
            "sla_backtest_clocks",
            table =>
                table
                    .Long("backtest_id", "ticket_id")
                    .Text("metric", 100)
                    .Int("cycle", "official", "draft")
                    .Long("organization_id")
                    .Int("priority")
                    .Long("team_id")
                    .Int("hour")
                    .Long("official_over", "draft_over")
                    .Key("backtest_id", "ticket_id", "metric", "cycle")
                    .Belongs("backtest_id", "sla_backtests")
        );
        tables.Create(
            "sla_drafts",
            table =>
                table
                    .Text("kind", 100)
                    .Text("document", 100)
                    .Int("base_version")
                    .Text("yaml")
                    .Long("person_id", "at")
                    .Key("kind", "document")
        );
        tables.Create(
            "sla_changeovers",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("kind", 100)
                    .Text("document", 100)
                    .Int("version", "mode")
                    .Long("person_id", "at")
                    .OptionalLong("finished_at")
                    .Long("position")
                    .Int("seen", "changed", "failed")
                    .Unique("kind", "document", "version")
        );
        tables.Create(
            "sla_corrections",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("ticket_id")
                    .Text("metric", 100)
                    .Int("cycle")
                    .Text("proposal")
                    .Text("reason")
                    .Long("person_id", "at")
                    .Int("state")
                    .OptionalLong("decided_by", "decided_at")
                    .Index("state", "id")
                    .Index("ticket_id")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
