using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Columns of the queues that people make, and how often each was changed.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261209010000_OwnQueueColumns")]
public sealed class M20261209OwnQueueColumns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Extend(
            "own_queues",
            table => table.OptionalText("columns").OptionalInt("version")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
