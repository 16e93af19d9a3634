using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Who is bringing in history.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261201050000_HistoryHolds")]
public sealed class M20261201HistoryHolds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "history_holds",
            table => table.Text("holder", 255).Long("lease_until").Key("holder")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
