using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Log;

/// <summary>A table of which each ticket has some rows, told apart by a key. A commit writes the difference.</summary>
internal sealed class ChildTable(string name, int keys, params string[] columns)
{
    private readonly string read = $"SELECT ticket_id, {string.Join(", ", columns)} FROM {name} WHERE ticket_id";
    private readonly string insert =
        $"INSERT INTO {name} (ticket_id, {string.Join(", ", columns)}) VALUES ({Statement.List(columns.Length + 1)})";
    private readonly string delete =
        $"DELETE FROM {name} WHERE ticket_id = @p0 AND {Conditions(columns.AsSpan(0, keys), 1)}";
    private readonly string update =
        columns.Length == keys
            ? ""
            : $"UPDATE {name} SET {Assignments(columns.AsSpan(keys), keys + 1)} "
                + $"WHERE ticket_id = @p0 AND {Conditions(columns.AsSpan(0, keys), 1)}";

    /// <summary>The table's name.</summary>
    public string Name { get; } = name;

    /// <summary>The columns besides the ticket's id.</summary>
    public string AllColumns { get; } = string.Join(", ", columns);

    /// <summary>The rows of some tickets, the ticket's id first.</summary>
    public Statement Read(Dialect dialect, long[] tickets) => dialect.Among(read, tickets);

    /// <summary>The statement that adds a row, which is known to be new.</summary>
    public Statement Add(long ticket, object?[] row) => new(insert, [ticket, .. row]);

    /// <summary>Statements that make the rows of a ticket those that are wanted.</summary>
    /// <param name="present">Rows as they were read, without the ticket's id.</param>
    /// <param name="wanted">Rows in the order of the columns.</param>
    public IEnumerable<Statement> Difference(
        long ticket,
        IReadOnlyCollection<object?[]> present,
        IReadOnlyCollection<object?[]> wanted
    )
    {
        foreach (var row in present.Where(row => !wanted.Any(other => RowValues.Same(row, other, keys))))
        {
            yield return new Statement(delete, [ticket, .. row.AsSpan(0, keys)]);
        }

        foreach (var row in wanted)
        {
            var old = present.FirstOrDefault(other => RowValues.Same(row, other, keys));
            if (old is null)
            {
                yield return new Statement(insert, [ticket, .. row]);
            }
            else if (!RowValues.Same(row, old, columns.Length))
            {
                yield return new Statement(update, [ticket, .. row]);
            }
        }
    }

    private static string Conditions(ReadOnlySpan<string> names, int first) =>
        string.Join(" AND ", Pairs(names, first));

    private static string Assignments(ReadOnlySpan<string> names, int first) => string.Join(", ", Pairs(names, first));

    private static string[] Pairs(ReadOnlySpan<string> names, int first)
    {
        var pairs = new string[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            pairs[index] = $"{names[index]} = {Statement.Name(first + index)}";
        }

        return pairs;
    }
}

/// <summary>The tables that a commit writes, and their statements. Portable SQL only.</summary>
internal static class TicketTables
{
    public static readonly ChildTable Fields = new("ticket_fields", 2, "field", "ordinal", "text", "number", "moment");

    public static readonly ChildTable People = new("ticket_people", 2, "person_id", "relation");

    public static readonly ChildTable Organizations = new("ticket_organizations", 1, "organization_id");

    public static readonly ChildTable Labels = new("ticket_labels", 1, "label");

    public static readonly ChildTable Clocks = new(
        "ticket_clocks",
        2,
        "metric",
        "cycle",
        "status",
        "verdict",
        "due_at",
        "elapsed_ticks",
        "target_ticks",
        "since",
        "calendar",
        "calendar_version",
        "is_current"
    );

    /// <summary>What changed; a commit only adds to it.</summary>
    public static readonly ChildTable Changes = new(
        "ticket_changes",
        2,
        "version",
        "field",
        "old_value",
        "new_value",
        "at",
        "person_id"
    );

    /// <summary>What a commit keeps in step with the state, timers last.</summary>
    public static readonly ChildTable[] Children = [Fields, People, Organizations, Labels, Clocks];

    private static readonly string[] TicketColumns =
    [
        "id",
        "version",
        "\"key\"",
        "desk",
        "number",
        "type",
        "request_type",
        "summary",
        "status",
        "category",
        "resolution",
        "priority",
        "requester_id",
        "organization_id",
        "is_private",
        "assignee_id",
        "team_id",
        "channel",
        "external_id",
        "external_id_folded",
        "created_at",
        "updated_at",
        "public_updated_at",
        "resolved_at",
        "closed_at",
        "status_since",
        "reopen_count",
        "public_comments",
        "internal_notes",
        "attachments",
        "next_due_at",
    ];

    /// <summary>The columns of a ticket's row, in the order in which its values are written.</summary>
    public static readonly string AllTicketColumns = string.Join(", ", TicketColumns);

    public static readonly string InsertTicket =
        $"INSERT INTO tickets ({string.Join(", ", TicketColumns)}) VALUES ({Statement.List(TicketColumns.Length)})";

    /// <summary>How every statement begins that changes rows of tickets.</summary>
    public const string Updates = "UPDATE tickets SET ";

    /// <summary>The last parameter is the version that must still be there.</summary>
    public static readonly string UpdateTicket =
        $"{Updates}{string.Join(", ", TicketColumns.Select((name, at) => $"{name} = {Statement.Name(at)}").Skip(1))} "
        + $"WHERE id = @p0 AND version = {Statement.Name(TicketColumns.Length)}";

    public const string InsertSnapshot = "INSERT INTO ticket_snapshots (ticket_id, json) VALUES (@p0, @p1)";

    public const string UpdateSnapshot = "UPDATE ticket_snapshots SET json = @p1 WHERE ticket_id = @p0";

    public static readonly string InsertEvent =
        "INSERT INTO events (position, ticket_id, version, name, payload, at, actor_kind, actor_person_id, actor_name, "
        + $"configuration_revision, cause, depth) VALUES ({Statement.List(12)})";

    public static readonly string InsertComment =
        "INSERT INTO comments (ticket_id, version, visibility, author_kind, author_id, author_name, body, at, by_customer, "
        + $"channel) VALUES ({Statement.List(10)})";

    public static readonly string InsertAttachment =
        "INSERT INTO attachments (ticket_id, version, ordinal, file_id, name, content_type, size, sha256, visibility, "
        + $"author_id, at) VALUES ({Statement.List(11)})";

    public static readonly string InsertSlaFact =
        $"INSERT INTO sla_facts (ticket_id, metric, cycle, threshold, version, due_at) VALUES ({Statement.List(6)})";

    public static readonly string InsertKey =
        $"INSERT INTO ticket_keys (desk, number, ticket_id, is_current) VALUES ({Statement.List(4)})";

    public const string RetireKeys =
        "UPDATE ticket_keys SET is_current = @p1 WHERE ticket_id = @p0 AND NOT (desk = @p2 AND number = @p3)";

    public static readonly string InsertIdempotency =
        $"INSERT INTO idempotency_keys (\"key\", ticket_id, from_version, to_version, at, fingerprint) VALUES ({Statement.List(6)})";

    public const string InsertTimer =
        "INSERT INTO timers (ticket_id, \"key\", due_at, lease_until, fence) VALUES (@p0, @p1, @p2, 0, 0)";

    public const string UpdateTimer =
        "UPDATE timers SET due_at = @p2, owner = NULL, lease_until = 0 WHERE ticket_id = @p0 AND \"key\" = @p1";

    public const string DeleteTimer = "DELETE FROM timers WHERE ticket_id = @p0 AND \"key\" = @p1";

    public const string MoveHead = "UPDATE log_head SET position = @p0 WHERE id = 1";

    public static Statement ReadTimers(Dialect dialect, long[] tickets) =>
        dialect.Among("SELECT ticket_id, \"key\", due_at FROM timers WHERE ticket_id", tickets);

    public static Statement ReadVersions(Dialect dialect, long[] tickets) =>
        dialect.Among("SELECT id, version FROM tickets WHERE id", tickets);

    public static Statement ReadIdempotency(Dialect dialect, string[] keys) =>
        dialect.Among("SELECT \"key\" FROM idempotency_keys WHERE \"key\"", keys);

    public static Statement ReadExternalIds(Dialect dialect, string[] ids) =>
        dialect.Among("SELECT desk, external_id, id FROM tickets WHERE external_id", ids);
}
