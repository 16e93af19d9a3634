using System.Text;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Dialects;

/// <summary>
/// Two FTS5 indexes over the same texts: trigrams for terms of three characters and more, where a phrase of trigrams is
/// exactly a substring; pairs that the product makes for shorter terms, which trigrams cannot find. An entry's rowid tells
/// ticket, part and visibility, so that no text is read to find it.
/// </summary>
internal sealed class SqliteTextSearch : ITextSearch
{
    // 22 and 2097151 (21 bits) are the layout of TextIds.
    private const string Entry = """
        SELECT i.rowid AS id, i.rowid >> 22 AS ticket_id,
            min((i.rowid >> 1) & 2097151, 2) + 1 AS part, max(((i.rowid >> 1) & 2097151) - 1, 0) AS source,
            (i.rowid & 1) + 1 AS visibility, (SELECT t.text FROM ticket_texts AS t WHERE t.id = i.rowid) AS text
        FROM
        """;

    public IQueryable<TicketTextRow> Containing(DbContext db, string term)
    {
        var length = term.EnumerateRunes().Count();
        if (term.EnumerateRunes().Any(Rune.IsWhiteSpace) && length < 3)
        {
            return db.Set<TicketTextRow>()
                .FromSqlRaw(
                    "SELECT id, ticket_id, part, source, visibility, text FROM ticket_texts WHERE instr(text, {0}) > 0",
                    term
                );
        }

        return length >= 3
            ? db.Set<TicketTextRow>().FromSqlRaw(Entry + " ticket_text_trigrams({0}) AS i", Quote(term))
            : db.Set<TicketTextRow>().FromSqlRaw(Entry + " ticket_text_pairs({0}) AS i", Pair(term, length));
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
            "INSERT INTO ticket_text_trigrams (rowid, text) VALUES (@p0, @p1)",
            text.Id,
            text.Text
        );
        yield return new Statement(
            "INSERT INTO ticket_text_pairs (rowid, pairs) VALUES (@p0, @p1)",
            text.Id,
            Grams.Pairs(text.Text)
        );
    }

    public static IEnumerable<Statement> Remove(long id) =>
        [
            new Statement("DELETE FROM ticket_texts WHERE id = @p0", id),
            new Statement("DELETE FROM ticket_text_trigrams WHERE rowid = @p0", id),
            new Statement("DELETE FROM ticket_text_pairs WHERE rowid = @p0", id),
        ];

    private static string Quote(string term) => $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Pair(string term, int length)
    {
        var digits = Grams.Digits([.. term.EnumerateRunes()]);
        return length == 2 ? $"\"{digits}\"" : $"\"{digits}\" *";
    }
}
