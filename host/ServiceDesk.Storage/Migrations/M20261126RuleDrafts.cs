using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Rules that are being written.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126160000_RuleDrafts")]
public sealed class M20261126RuleDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "rule_drafts",
            table => table.Text("rule", 100).Int("base_version").Text("document").Long("person_id", "at").Key("rule")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
