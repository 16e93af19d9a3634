using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Macros that people make for themselves.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261201015000_OwnMacros")]
public sealed class M20261201OwnMacros : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "own_macros",
            table =>
                table.CountedKey(typeof(long), "id").Long("person_id").Text("document").Int("place").Index("person_id")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
