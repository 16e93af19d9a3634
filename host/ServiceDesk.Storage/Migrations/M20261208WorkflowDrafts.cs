using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Workflows that are being written.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261208020000_WorkflowDrafts")]
public sealed class M20261208WorkflowDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "workflow_drafts",
            table =>
                table.Text("workflow", 100).Int("base_version").Text("document").Long("person_id", "at").Key("workflow")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
