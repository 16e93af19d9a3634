using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Dialects;

/// <summary>A table of the hashes of every run of one to three characters, and a comparison of what it finds. Needs no full-text service.</summary>
internal sealed class SqlServerTextSearch : ITextSearch
{
    private const string Columns =
        "SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE ";

    public IQueryable<TicketTextRow> Containing(DbContext db, string term)
    {
        var needed = Grams.Needed(term);
        if (needed.Length == 0)
        {
            return db.Set<TicketTextRow>().FromSqlRaw(Columns + "CHARINDEX({0}, t.text) > 0", term);
        }

        return db.Set<TicketTextRow>()
            .FromSqlRaw(
                Columns
                    + """
                    t.id IN (
                        SELECT g.text_id FROM OPENJSON({0}) AS n
                        JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
                        GROUP BY g.text_id HAVING COUNT(*) = {1}
                    ) AND CHARINDEX({2}, t.text) > 0
                    """,
                JsonSerializer.Serialize(needed),
                needed.Length,
                term
            );
    }

    public static IEnumerable<Statement> Write(TicketTextRow text, bool isNew)
    {
        if (!isNew)
        {
            foreach (var statement in Remove(text.Id))
            {
                yield return statement;
            }
        }

        yield return new Statement(
            "INSERT INTO ticket_texts (id, ticket_id, part, source, visibility, text) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)",
            text.Id,
            text.TicketId,
            text.Part,
            text.Source,
            text.Visibility,
            text.Text
        );
        yield return new Statement(
            "INSERT INTO ticket_text_grams (gram, text_id) SELECT CAST(value AS int), @p0 FROM OPENJSON(@p1)",
            text.Id,
            JsonSerializer.Serialize(Grams.Of(text.Text))
        );
    }

    public static IEnumerable<Statement> Remove(long id) =>
        [
            new Statement("DELETE FROM ticket_text_grams WHERE text_id = @p0", id),
            new Statement("DELETE FROM ticket_texts WHERE id = @p0", id),
        ];
}
