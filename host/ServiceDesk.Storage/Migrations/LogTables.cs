namespace ServiceDesk.Storage.Migrations;

/// <summary>The log, timers, and readers of the log.</summary>
internal static class LogTables
{
    public static void Create(Tables tables)
    {
        tables.Create("log_head", table => table.Int("id").Long("position").Key("id"));
        tables.Sql("INSERT INTO log_head (id, position) VALUES (1, 0)");
        tables.Create(
            "events",
            table =>
                table
                    .Long("position", "ticket_id", "version")
                    .Text("name", 120)
                    .Long("at")
                    .Int("actor_kind")
                    .OptionalLong("actor_person_id")
                    .OptionalText("actor_name", 255)
                    .Long("configuration_revision")
                    .OptionalLong("cause")
                    .Int("depth")
                    .Text("payload")
                    .Key("position")
                    .Unique("ticket_id", "version")
        );
        tables.Create(
            "sla_facts",
            table =>
                table
                    .Long("ticket_id")
                    .Text("metric", 100)
                    .Int("cycle")
                    .Text("threshold", 100)
                    .Long("version", "due_at")
                    .Key("ticket_id", "metric", "cycle", "threshold")
        );
        tables.Create(
            "timers",
            table =>
                table
                    .Long("ticket_id")
                    .Text("key", 250)
                    .Long("due_at")
                    .OptionalText("owner", 255)
                    .Long("lease_until", "fence")
                    .Key("ticket_id", "key")
                    .Index("due_at")
        );
        tables.Create(
            "idempotency_keys",
            table =>
                table
                    .Text("key", 255)
                    .Long("ticket_id", "from_version", "to_version", "at")
                    .OptionalText("fingerprint", 64)
                    .Key("key")
                    .Index("at")
        );
        tables.Create("numbers", table => table.Text("series", 100).Long("next").Key("series"));
        tables.Create(
            "cursors",
            table =>
                table
                    .Text("name", 255)
                    .Long("position")
                    .OptionalText("owner", 255)
                    .Long("lease_until", "fence")
                    .Key("name")
        );
        tables.Create(
            "parked_events",
            table =>
                table
                    .Text("reaction", 255)
                    .Long("position", "ticket_id")
                    .Int("state", "attempts")
                    .Long("next_at")
                    .OptionalText("error")
                    .Long("since")
                    .Key("reaction", "position")
                    .Index("reaction", "state", "next_at")
                    .Index("reaction", "ticket_id", "position")
        );
    }
}
