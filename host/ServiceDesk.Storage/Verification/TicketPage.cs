using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Verification;

/// <summary>All rows of some tickets.</summary>
internal sealed class TicketPage
{
    private const string EventColumns =
        "position, version, name, payload, at, actor_kind, actor_person_id, actor_name, configuration_revision, cause, depth";

    private readonly Dictionary<string, ILookup<long, object?[]>> tables = new(StringComparer.Ordinal);

    public IReadOnlyList<long> Ids { get; private set; } = [];

    public long EventCount => tables["events"].Sum(group => group.LongCount());

    /// <summary>Reads the tickets with ids after one, up to another.</summary>
    public static async Task<TicketPage> ReadAsync(
        SnapshotReader reader,
        long after,
        long upTo,
        CancellationToken cancellation
    )
    {
        var page = new TicketPage();
        await ReadAsync("tickets", "id", TicketTables.AllTicketColumns);
        await ReadAsync("ticket_snapshots", "ticket_id", "json");
        await ReadAsync("events", "ticket_id", EventColumns);
        foreach (var child in TicketTables.Children)
        {
            await ReadAsync(child.Name, "ticket_id", child.AllColumns);
        }

        await ReadAsync(
            "comments",
            "ticket_id",
            "ticket_id, version, visibility, author_kind, author_id, author_name, body, at, by_customer, channel"
        );
        await ReadAsync(
            "attachments",
            "ticket_id",
            "ticket_id, version, ordinal, file_id, name, content_type, size, sha256, visibility, author_id, at"
        );
        await ReadAsync("sla_facts", "ticket_id", "ticket_id, metric, cycle, threshold, version, due_at");
        await ReadAsync("ticket_keys", "ticket_id", "desk, number, ticket_id, is_current");
        await ReadAsync("ticket_texts", "ticket_id", "id, part, source, visibility, text");
        await ReadAsync("sla_promises", "ticket_id", PromiseCheck.Columns);
        await ReadAsync(TicketTables.Changes.Name, "ticket_id", TicketTables.Changes.AllColumns);
        await ReadAsync("redactions", "ticket_id", "version, source, sha256");
        await ReadAsync("timers", "ticket_id", "\"key\", due_at");
        page.Ids = [.. page.tables["tickets"].Select(group => group.Key).Order()];
        return page;

        async Task ReadAsync(string table, string id, string columns)
        {
            var rows = await reader.RowsAsync(
                new Statement($"SELECT {id}, {columns} FROM {table} WHERE {id} > @p0 AND {id} <= @p1", after, upTo),
                cancellation
            );
            page.tables[table] = rows.ToLookup(row => RowValues.Whole(row[0]), row => row[1..]);
        }
    }

    public object?[] Ticket(long id) => tables["tickets"][id].Single();

    public string? Snapshot(long id) => (string?)tables["ticket_snapshots"][id].FirstOrDefault()?[0];

    public List<object?[]> Children(int table, long id) => Rows(TicketTables.Children[table].Name, id);

    public List<object?[]> Comments(long id) => Rows("comments", id);

    public List<object?[]> Attachments(long id) => Rows("attachments", id);

    public List<object?[]> SlaFacts(long id) => Rows("sla_facts", id);

    public List<object?[]> Promises(long id) => Rows("sla_promises", id);

    public List<object?[]> Keys(long id) => Rows("ticket_keys", id);

    public List<object?[]> Texts(long id) => Rows("ticket_texts", id);

    public List<object?[]> Changes(long id) => Rows(TicketTables.Changes.Name, id);

    /// <summary>What was taken out: the version of the event that tells of it, that of the event that was written anew, and its hash.</summary>
    public IEnumerable<(long Version, long Source, string Sha256)> Redactions(long id) =>
        Rows("redactions", id).Select(row => (RowValues.Whole(row[0]), RowValues.Whole(row[1]), (string)row[2]!));

    /// <summary>The hash of an event as it is stored; null when there is none.</summary>
    public string? HashOf(long id, long version) =>
        Rows("events", id).Find(row => RowValues.Whole(row[1]) == version) is { } found
            ? RedactionStatements.HashOf((string)found[2]!, (string)found[3]!)
            : null;

    public List<object?[]> Timers(long id) => Rows("timers", id);

    public IReadOnlyList<RecordedEvent> Events(long id, EventCatalog catalog) =>
        [
            .. tables["events"]
                [id]
                .Select(row =>
                    EventLog.Read(
                        new EventRow
                        {
                            Position = RowValues.Whole(row[0]),
                            TicketId = id,
                            Version = RowValues.Whole(row[1]),
                            Name = (string)row[2]!,
                            Payload = (string)row[3]!,
                            At = RowValues.Whole(row[4]),
                            ActorKind = (int)RowValues.Whole(row[5]),
                            ActorPersonId = row[6] is null ? null : RowValues.Whole(row[6]),
                            ActorName = (string?)row[7],
                            ConfigurationRevision = RowValues.Whole(row[8]),
                            Cause = row[9] is null ? null : RowValues.Whole(row[9]),
                            Depth = (int)RowValues.Whole(row[10]),
                        },
                        catalog
                    )
                )
                .OrderBy(e => e.Version),
        ];

    private List<object?[]> Rows(string table, long id) => [.. tables[table][id]];
}
