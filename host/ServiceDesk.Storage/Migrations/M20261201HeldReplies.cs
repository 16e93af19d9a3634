using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Replies that were sent and can still be taken back.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261201020000_HeldReplies")]
public sealed class M20261201HeldReplies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "held_replies",
            table =>
                table
                    .Text("token", 100)
                    .Long("person_id", "ticket_id")
                    .Text("text")
                    .Text("files")
                    .Int("state")
                    .Long("due_at")
                    .Key("token")
                    .Index("due_at")
                    .Index("person_id")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
