using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>What people have begun to write on tickets.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261130060000_ReplyDrafts")]
public sealed class M20261130ReplyDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "reply_drafts",
            table =>
                table
                    .Long("person_id", "ticket_id")
                    .Int("visibility")
                    .Text("text")
                    .Int("state", "revision")
                    .Long("at")
                    .Key("person_id", "ticket_id", "visibility")
                    .Index("at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
