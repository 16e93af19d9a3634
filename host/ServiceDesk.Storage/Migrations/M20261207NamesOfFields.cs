using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ServiceDesk.Storage.Migrations;

/// <summary>Whom fields hold as a number too, by which lists find the name.</summary>
[DbContext(typeof(ServiceDeskDb))]
[Migration("20261207010000_NamesOfFields")]
public sealed class M20261207NamesOfFields : Migration
{
    // As each field was at last: tickets keep what they hold in a field that was removed since.
    private const string Fields =
        "SELECT v.id FROM document_versions AS v WHERE v.kind = 'field' AND v.version = (SELECT MAX(w.version) FROM "
        + "document_versions AS w WHERE w.kind = v.kind AND w.id = v.id AND w.json IS NOT NULL) AND "
        + "(v.json LIKE '%\"type\":\"person\"%' OR v.json LIKE '%\"type\":\"organization\"%' "
        + "OR v.json LIKE '%\"type\":\"team\"%')";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var tables = new Tables(migrationBuilder, ActiveProvider);
        // A field that was of another kind before may hold other texts.
        tables.Only(Tables.Sqlite, Numbered("CAST(text AS REAL)", "text <> '' AND text NOT GLOB '*[^0-9]*'"));
        tables.Only(Tables.PostgreSql, Numbered("CAST(text AS double precision)", "text ~ '^[0-9]{1,18}$'"));
        tables.Only(Tables.SqlServer, Numbered("TRY_CAST(text AS float)", "text <> '' AND text NOT LIKE '%[^0-9]%'"));
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", "10.0.14");

    private static string Numbered(string number, string isNumber) =>
        $"UPDATE ticket_fields SET number = {number} WHERE number IS NULL AND {isNumber} AND field IN ({Fields})";
}
