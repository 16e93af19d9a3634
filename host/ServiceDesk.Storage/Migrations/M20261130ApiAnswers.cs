using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Requests to the API that may come again, with their answers.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261130010000_ApiAnswers")]
public sealed class M20261130ApiAnswers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Create(
            "api_answers",
            table =>
                table
                    .Long("person_id")
                    .Text("key", 64)
                    .Text("fingerprint", 64)
                    .Long("at")
                    .Int("status")
                    .OptionalText("content_type", 400)
                    .OptionalText("location", 400)
                    .OptionalText("tag", 400)
                    .OptionalText("body")
                    .Key("person_id", "key")
                    .Index("at")
        );

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
