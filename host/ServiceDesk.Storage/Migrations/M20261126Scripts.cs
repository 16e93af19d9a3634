using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Tables of scripts.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126100000_Scripts")]
public sealed class M20261126Scripts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        ScriptTables.Create(new Tables(migrationBuilder, ActiveProvider));

    // As in the first migration.
    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
