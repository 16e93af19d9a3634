using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Who leads whom, who works when, what people can do, and when they are absent.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261127010000_Duty")]
public sealed class M20261127Duty : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        tables.Extend(
            "people",
            table =>
                table
                    .OptionalLong("manager_id")
                    .OptionalText("calendar", 100)
                    .OptionalText("skills")
                    .OptionalFlag("quiet_hours")
        );
        tables.Extend("teams", table => table.OptionalLong("lead_id").OptionalText("calendar", 100));
        tables.Create(
            "absences",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .Text("first_day", 10)
                    .Text("last_day", 10)
                    .Text("note")
                    .OptionalLong("substitute_id")
                    .Belongs("person_id", "people")
                    .Index("last_day")
                    .Index("person_id")
        );
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
