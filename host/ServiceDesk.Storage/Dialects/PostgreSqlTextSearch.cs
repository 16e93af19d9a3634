using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Dialects;

/// <summary>
/// A GIN index over the hashes of every run of one to three characters, and a comparison of what it finds. Unlike pg_trgm it
/// needs no extension, knows punctuation and every script whatever the database's locale, and finds one or two characters.
/// </summary>
internal sealed class PostgreSqlTextSearch : ITextSearch
{
    public IQueryable<TicketTextRow> Containing(DbContext db, string term)
    {
        var needed = Grams.Needed(term);
        const string columns = "SELECT id, ticket_id, part, source, visibility, text FROM ticket_texts WHERE ";
        return needed.Length == 0
            ? db.Set<TicketTextRow>().FromSqlRaw(columns + "strpos(text, {0}) > 0", term)
            : db.Set<TicketTextRow>().FromSqlRaw(columns + "grams @> {0} AND strpos(text, {1}) > 0", needed, term);
    }

    public static IEnumerable<Statement> Write(TicketTextRow text, bool isNew) =>
        isNew
            ?
            [
                new Statement(
                    "INSERT INTO ticket_texts (id, ticket_id, part, source, visibility, text, grams) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)",
                    text.Id,
                    text.TicketId,
                    text.Part,
                    text.Source,
                    text.Visibility,
                    text.Text,
                    Grams.Of(text.Text)
                ),
            ]
            : [new Statement("DELETE FROM ticket_texts WHERE id = @p0", text.Id), .. Write(text, isNew: true)];
}
