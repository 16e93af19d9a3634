using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Trials tell promises to customers and between teams apart, and the tickets that a new version touches are found by an index.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261209050000_TrialAgreements")]
public sealed class M20261209TrialAgreements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Extend("sla_backtests", table => table.OptionalText("team_figures"));
        tables.Extend(
            "sla_backtest_clocks",
            table => table.OptionalInt("official_agreement").OptionalInt("draft_agreement")
        );
        tables.Extend(
            "sla_promises",
            table => table.Index("status", "policy", "ticket_id").Index("status", "calendar", "ticket_id")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
