using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Who is invited to become a person here.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261204010000_Invitations")]
public sealed class M20261204Invitations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "invitations",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("email", 255)
                    .OptionalText("open_email", 255)
                    .OptionalText("token_hash", 64)
                    .Text("name", 255)
                    .Text("role", 100)
                    .OptionalText("desk", 100)
                    .OptionalLong("team_id")
                    .OptionalText("organizations")
                    .Long("inviter_id", "created_at", "expires_at")
                    .OptionalLong("ended_at", "person_id")
                    .UniqueWhereSet("open_email")
                    .UniqueWhereSet("token_hash")
                    .Index("expires_at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
