using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Files that desks keep ready to be attached.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261208020000_FileLibrary")]
public sealed class M20261208FileLibrary : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "library_files",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Int("version")
                    .Text("desk", 60)
                    .Text("name", 200)
                    .Text("folded", 400)
                    .OptionalText("description")
                    .Long("file_id", "person_id", "changed_at", "checked_at")
                    .Unique("desk", "folded")
                    .Index("file_id")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
