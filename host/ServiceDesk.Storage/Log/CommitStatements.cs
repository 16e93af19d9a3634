using System.Globalization;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Log;

/// <summary>The statements that write one commit.</summary>
internal static class CommitStatements
{
    /// <summary>What the threshold of a fact is called when the target itself was passed.</summary>
    public const string Breach = "breach";

    public static IEnumerable<Statement> Of(PreparedCommit member, long head, Dialect dialect, Found found) =>
        Ticket(member)
            .Concat(Children(member, found))
            .Concat(Events(member, head))
            .Concat(member.Commit.Events.SelectMany(Facts))
            .Concat(member.Changes.Select(row => TicketTables.Changes.Add(member.Ticket, row)))
            .Concat(Texts(member, dialect))
            .Concat(Timers(member, found));

    /// <summary>Comments, attachments, facts of clocks and keys that an event brings.</summary>
    public static IEnumerable<Statement> Facts(RecordedEvent e) =>
        e.Event switch
        {
            PublicCommentAdded comment => Comment(
                e,
                Visibility.Public,
                comment.Body,
                comment.ByCustomer,
                comment.Channel,
                comment.Files
            ),
            InternalNoteAdded note => Comment(
                e,
                Visibility.Internal,
                note.Body,
                byCustomer: false,
                note.Channel,
                note.Files
            ),
            FilesAttached attached => Files(e, attached.Files, attached.Visibility),
            SlaThresholdReached fact => [Fact(e, fact.Metric, fact.Cycle, fact.Threshold, fact.DueAt)],
            SlaEscalated fact =>
            [
                Fact(e, fact.Metric, fact.Cycle, Core.Sla.Escalations.Prefix + fact.Level, fact.DueAt),
            ],
            SlaBreached fact => [Fact(e, fact.Metric, fact.Cycle, Breach, fact.DueAt)],
            TicketOpened opened => Key(e.Ticket, opened.Key),
            TicketMoved moved => Key(e.Ticket, moved.To),
            _ => [],
        };

    private static IEnumerable<Statement> Ticket(PreparedCommit member)
    {
        if (member.IsNew)
        {
            yield return new Statement(TicketTables.InsertTicket, member.Rows.Ticket);
            yield return new Statement(TicketTables.InsertSnapshot, member.Ticket, member.Snapshot);
        }
        else
        {
            yield return new Statement(TicketTables.UpdateTicket, [.. member.Rows.Ticket, member.ExpectedVersion]);
            yield return new Statement(TicketTables.UpdateSnapshot, member.Ticket, member.Snapshot);
        }

        if (member.IdempotencyKey is { } key)
        {
            yield return new Statement(
                TicketTables.InsertIdempotency,
                key,
                member.Ticket,
                member.ExpectedVersion,
                member.Version,
                member.Commit.Events[^1].At.ToUnixTimeTicks(),
                member.Commit.Fingerprint
            );
        }
    }

    private static IEnumerable<Statement> Children(PreparedCommit member, Found found) =>
        TicketTables.Children.SelectMany(
            (table, index) =>
                table.Difference(
                    member.Ticket,
                    [.. found.Children[index][member.Ticket].Select(row => row[1..])],
                    member.Rows.Children[index]
                )
        );

    private static IEnumerable<Statement> Events(PreparedCommit member, long head) =>
        Enumerable
            .Range(0, member.EventCount)
            .Select(index => new Statement(TicketTables.InsertEvent, member.EventValues(index, head + index + 1)));

    private static IEnumerable<Statement> Texts(PreparedCommit member, Dialect dialect)
    {
        var (texts, removed) = member.Texts();
        // Comments are only ever added; summary and description replace what was there.
        return texts
            .SelectMany(text => dialect.WriteText(text, isNew: member.IsNew || text.Source > 0))
            .Concat(removed.SelectMany(dialect.RemoveText));
    }

    private static IEnumerable<Statement> Timers(PreparedCommit member, Found found)
    {
        var present = found
            .Timers[member.Ticket]
            .ToDictionary(
                row => (string)row[1]!,
                row => Convert.ToInt64(row[2], CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
        foreach (var timer in member.Commit.Timers)
        {
            var due = timer.DueAt.ToUnixTimeTicks();
            if (!present.Remove(timer.Key, out var old))
            {
                yield return new Statement(TicketTables.InsertTimer, member.Ticket, timer.Key, due);
            }
            else if (old != due)
            {
                yield return new Statement(TicketTables.UpdateTimer, member.Ticket, timer.Key, due);
            }
        }

        foreach (var key in present.Keys)
        {
            yield return new Statement(TicketTables.DeleteTimer, member.Ticket, key);
        }
    }

    private static IEnumerable<Statement> Comment(
        RecordedEvent e,
        Visibility visibility,
        string body,
        bool byCustomer,
        Channel? channel,
        ValueList<AttachedFile> files
    )
    {
        yield return new Statement(
            TicketTables.InsertComment,
            e.Ticket.Value,
            e.Version,
            (int)visibility,
            (int)e.Actor.Kind,
            e.Actor.Person?.Value,
            e.Actor.Name,
            TicketProjection.Storable(body),
            e.At.ToUnixTimeTicks(),
            byCustomer,
            (int?)channel
        );
        foreach (var file in Files(e, files, visibility))
        {
            yield return file;
        }
    }

    private static IEnumerable<Statement> Files(
        RecordedEvent e,
        ValueList<AttachedFile> files,
        Visibility visibility
    ) =>
        files.Select(
            (file, ordinal) =>
                new Statement(
                    TicketTables.InsertAttachment,
                    e.Ticket.Value,
                    e.Version,
                    ordinal,
                    file.Id,
                    TicketProjection.Storable(file.Name),
                    file.ContentType,
                    file.Size,
                    file.Sha256,
                    (int)visibility,
                    e.Actor.Person?.Value,
                    e.At.ToUnixTimeTicks()
                )
        );

    private static Statement Fact(
        RecordedEvent e,
        string metric,
        int cycle,
        string threshold,
        NodaTime.Instant dueAt
    ) => new(TicketTables.InsertSlaFact, e.Ticket.Value, metric, cycle, threshold, e.Version, dueAt.ToUnixTimeTicks());

    private static IEnumerable<Statement> Key(TicketId ticket, TicketKey key) =>
        [
            new Statement(TicketTables.InsertKey, key.Desk, key.Number, ticket.Value, true),
            new Statement(TicketTables.RetireKeys, ticket.Value, false, key.Desk, key.Number),
        ];
}
