using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Comments and notes tell of calls and mails.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261126200000_CommentChannels")]
public sealed class M20261126CommentChannels : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        new Tables(migrationBuilder, ActiveProvider).Extend("comments", table => table.OptionalInt("channel"));

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
