using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Search;

namespace ServiceDesk.Storage.Log;

/// <summary>
/// The statements with which a commit takes something out of what its ticket wrote before, wherever the database keeps it: the
/// log, comments, the search index, and what tells of the ticket elsewhere.
/// </summary>
internal static class RedactionStatements
{
    private const string InsertRedaction =
        "INSERT INTO redactions (ticket_id, version, source, part, file_id, content, was, sha256, at, person_id, reason, "
        + "is_finished) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11)";

    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(5);

    // A file that stands nowhere else any more. What became of its content, whoever finishes redactions sees to.
    private const string DeleteFile =
        "DELETE FROM files WHERE id = @p0 AND NOT EXISTS (SELECT 1 FROM attachments AS a WHERE a.file_id = files.id AND NOT EXISTS "
        + "(SELECT 1 FROM redactions AS r WHERE r.ticket_id = a.ticket_id AND r.file_id = a.file_id))";

    // What may quote a ticket: replies that wait, drafts, what people were told, what rules and scripts did.
    private static readonly (string Table, string[] Keys, string Column)[] Copies =
    [
        ("held_replies", ["token"], "text"),
        ("reply_drafts", ["person_id", "ticket_id", "visibility"], "text"),
        ("notifications", ["id"], "text"),
        ("held_notifications", ["id"], "text"),
        ("rule_runs", ["id"], "detail"),
        ("script_runs", ["id"], "log"),
        ("script_runs", ["id"], "error"),
    ];

    /// <summary>The hash by which an event that was written anew is known.</summary>
    public static string HashOf(string name, string payload) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{payload}")));

    /// <summary>Reads what the ticket wrote, with the log locked, and says what changes of it.</summary>
    public static async Task<IReadOnlyList<Statement>> OfAsync(
        PreparedCommit member,
        Redaction redaction,
        WriteTurn turn,
        DbTransaction transaction,
        Dialect dialect,
        CancellationToken cancellation
    )
    {
        var events = await turn.QueryAsync(
            transaction,
            new Statement(
                "SELECT version, name, payload FROM events WHERE ticket_id = @p0 AND version <= @p1",
                member.Ticket,
                member.ExpectedVersion
            ),
            cancellation
        );
        var statements = new List<Statement>();
        foreach (var row in events)
        {
            var (version, name, payload) = (RowValues.Whole(row[0]), (string)row[1]!, (string)row[2]!);
            if (member.Catalog.Read(name, payload) is var old && redaction.IsIn(old))
            {
                statements.AddRange(Event(member, redaction, version, old, payload, dialect));
            }
        }

        statements.AddRange(await AnswersAsync(member, turn, transaction, cancellation));
        if (redaction.Passage is not null)
        {
            statements.AddRange(await CopiesAsync(member, redaction, turn, transaction, cancellation));
        }
        else
        {
            statements.Add(new Statement(DeleteFile, redaction.File));
        }

        return statements;
    }

    private static IEnumerable<Statement> Event(
        PreparedCommit member,
        Redaction redaction,
        long version,
        TicketEvent old,
        string was,
        Dialect dialect
    )
    {
        var without = redaction.Without(old);
        var (name, payload) = (member.Catalog.NameOf(without), member.Catalog.Write(without));
        var told = member.Commit.Events.First(one => one.Event is TextRedacted or FileRedacted);
        yield return new Statement(
            "UPDATE events SET name = @p2, payload = @p3 WHERE ticket_id = @p0 AND version = @p1",
            member.Ticket,
            version,
            name,
            payload
        );
        yield return new Statement(
            InsertRedaction,
            member.Ticket,
            told.Version,
            version,
            redaction.Passage is null ? RedactionRow.Files
                : without is PublicCommentAdded or InternalNoteAdded ? RedactionRow.Comment
                : RedactionRow.OwnWords,
            redaction.File,
            Redaction.FilesOf(old).FirstOrDefault(file => file.Id == redaction.File)?.Sha256,
            was.Length,
            HashOf(name, payload),
            told.At.ToUnixTimeTicks(),
            told.Actor.Person?.Value,
            told.Event is TextRedacted text ? text.Reason : ((FileRedacted)told.Event).Reason,
            false
        );
        if (without is PublicCommentAdded or InternalNoteAdded && redaction.Passage is not null)
        {
            yield return new Statement(
                "UPDATE comments SET body = @p2 WHERE ticket_id = @p0 AND version = @p1",
                member.Ticket,
                version,
                TicketProjection.Storable(
                    without is PublicCommentAdded said ? said.Body : ((InternalNoteAdded)without).Body
                )
            );
            foreach (
                var statement in SearchableText
                    .Of(without)
                    .SelectMany(one => dialect.WriteText(TextIds.Row(new TicketId(member.Ticket), one), isNew: false))
            )
            {
                yield return statement;
            }
        }

        foreach (var file in Redaction.FilesOf(without).Where(file => file.Id == redaction.File))
        {
            yield return new Statement(
                "UPDATE attachments SET name = @p3 WHERE ticket_id = @p0 AND version = @p1 AND file_id = @p2",
                member.Ticket,
                version,
                file.Id,
                TicketProjection.Storable(file.Name)
            );
        }
    }

    // Answers to repeats show the ticket as it was; a repeat is known by the commit's own key, which is no longer told from others by a hash of its words.
    private static async Task<IReadOnlyList<Statement>> AnswersAsync(
        PreparedCommit member,
        WriteTurn turn,
        DbTransaction transaction,
        CancellationToken cancellation
    )
    {
        var state = member.Commit.After.State;
        var keys = state.FormerKeys.Add(state.Key);
        var told = await turn.QueryAsync(
            transaction,
            [
                .. keys.Select(key => new Statement(
                    "SELECT person_id, \"key\", body, location FROM api_answers WHERE body LIKE @p0 OR location LIKE @p0",
                    $"%{key}%"
                )),
            ],
            cancellation
        );
        return
        [
            .. keys.Zip(told)
                .SelectMany(found =>
                    found.Second.Where(row => Tells(row[2], found.First) || Tells(row[3], found.First))
                )
                .Select(row => new Statement(
                    "DELETE FROM api_answers WHERE person_id = @p0 AND \"key\" = @p1",
                    row[0],
                    row[1]
                )),
            new Statement("UPDATE idempotency_keys SET fingerprint = NULL WHERE ticket_id = @p0", member.Ticket),
        ];
    }

    // The key as a whole: not that of a ticket with a longer number or of a desk with a longer name. What JSON writes in the
    // place of a character is no part of a name.
    private static bool Tells(object? text, TicketKey key) =>
        text is string written
        && Regex.IsMatch(
            written,
            $@"(?<![A-Z0-9_](?<!\\u[0-9A-Fa-f]{{4}})){Regex.Escape(key.ToString())}(?![0-9])",
            RegexOptions.CultureInvariant,
            LongestSearch
        );

    private static async Task<IReadOnlyList<Statement>> CopiesAsync(
        PreparedCommit member,
        Redaction redaction,
        WriteTurn turn,
        DbTransaction transaction,
        CancellationToken cancellation
    )
    {
        var results = await turn.QueryAsync(
            transaction,
            [
                .. Copies.Select(copy => new Statement(
                    $"SELECT {copy.Column}, {string.Join(", ", copy.Keys)} FROM {copy.Table} WHERE ticket_id = @p0",
                    member.Ticket
                )),
            ],
            cancellation
        );
        return
        [
            .. Copies
                .Zip(results)
                .SelectMany(pair =>
                    pair.Second.Select(row => (Copy: pair.First, Row: row, Was: row[0] as string, Is: Without(row[0])))
                )
                .Where(one => one.Is != one.Was)
                .Select(one => new Statement(
                    $"UPDATE {one.Copy.Table} SET {one.Copy.Column} = @p0 WHERE "
                        + string.Join(
                            " AND ",
                            one.Copy.Keys.Select((key, place) => $"{key} = {Statement.Name(place + 1)}")
                        ),
                    [one.Is, .. one.Row[1..]]
                )),
        ];

        string? Without(object? text) => text is string written ? Shapes(redaction).Aggregate(written, Replaced) : null;

        string Replaced(string text, string shape) => text.Replace(shape, redaction.Mark, StringComparison.Ordinal);
    }

    // As it was written, on one line, and inside JSON.
    private static IEnumerable<string> Shapes(Redaction redaction)
    {
        var passage = redaction.Passage!;
        var line = string.Join(' ', passage.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new[] { passage, line, Inside(passage), Inside(line) }.Distinct(StringComparer.Ordinal);

        static string Inside(string text) => JsonSerializer.Serialize(text, ServiceDeskJson.Stored)[1..^1];
    }
}
