using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What changed in the life of tickets, for queries. The past is filled from the log by the server, beside its work.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261129010000_TicketChanges")]
public sealed class M20261129TicketChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "ticket_changes",
            table =>
                table
                    .Long("ticket_id", "version")
                    .Int("field")
                    .OptionalText("old_value", 100)
                    .OptionalText("new_value", 100)
                    .Long("at")
                    .OptionalLong("person_id")
                    .Key("ticket_id", "version", "field")
                    .Index("at")
                    .Index("person_id", "at")
                    .Index("field", "old_value", "at")
                    .Index("field", "new_value", "at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
