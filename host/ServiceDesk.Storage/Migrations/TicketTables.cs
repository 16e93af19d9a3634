namespace ServiceDesk.Storage.Migrations;

/// <summary>Tickets, their parts, and their texts with the indexes that search them.</summary>
internal static class TicketTables
{
    public static void Create(Tables tables)
    {
        Tickets(tables);
        Parts(tables);
        Conversation(tables);
        Texts(tables);
    }

    private static void Tickets(Tables tables) =>
        tables.Create(
            "tickets",
            table =>
                table
                    .Long("id", "version")
                    .Text("key", 22)
                    .Text("desk", 10)
                    .Int("number")
                    .Text("type", 100)
                    .OptionalText("request_type", 100)
                    .Text("summary", 400)
                    .Text("status", 100)
                    .Int("category")
                    .OptionalText("resolution", 100)
                    .Int("priority")
                    .Long("requester_id")
                    .OptionalLong("organization_id", "assignee_id", "team_id")
                    .Int("channel")
                    .OptionalText("external_id", 255)
                    .OptionalText("external_id_folded", 255)
                    .Long("created_at", "updated_at", "public_updated_at")
                    .OptionalLong("resolved_at", "closed_at")
                    .Long("status_since")
                    .Int("reopen_count", "public_comments", "internal_notes", "attachments")
                    .Long("next_due_at")
                    .Key("id")
                    .Unique("key")
                    .UniqueWhereSet("desk", "external_id")
                    .Index("external_id_folded")
                    .Index("desk", "updated_at")
                    .Index("desk", "created_at")
                    .Index("desk", "next_due_at")
                    .Index("desk", "status")
                    .Index("desk", "resolved_at")
                    .Index(
                        "desk",
                        "category",
                        "priority",
                        "assignee_id",
                        "team_id",
                        "type",
                        "status",
                        "next_due_at",
                        "created_at"
                    )
                    .Index("requester_id")
                    .Index("organization_id")
                    .Index("assignee_id", "category")
                    .Index("team_id", "category")
                    .Index("created_at")
                    .Index("updated_at")
        );

    private static void Parts(Tables tables)
    {
        tables.Create(
            "ticket_snapshots",
            table => table.Long("ticket_id").Text("json").Key("ticket_id").Belongs("ticket_id", "tickets")
        );
        tables.Create(
            "ticket_fields",
            table =>
                table
                    .Long("ticket_id")
                    .Text("field", 100)
                    .Int("ordinal")
                    .OptionalText("text", 400)
                    .OptionalReal("number")
                    .OptionalLong("moment")
                    .Key("ticket_id", "field", "ordinal")
                    .Belongs("ticket_id", "tickets")
                    .Index("field", "text")
                    .Index("field", "number")
        );
        tables.Create(
            "ticket_people",
            table =>
                table
                    .Long("ticket_id", "person_id")
                    .Int("relation")
                    .Key("ticket_id", "person_id", "relation")
                    .Belongs("ticket_id", "tickets")
                    .Index("person_id", "relation")
        );
        tables.Create(
            "ticket_labels",
            table =>
                table
                    .Long("ticket_id")
                    .Text("label", 100)
                    .Key("ticket_id", "label")
                    .Belongs("ticket_id", "tickets")
                    .Index("label")
        );
        tables.Create(
            "ticket_clocks",
            table =>
                table
                    .Long("ticket_id")
                    .Text("metric", 100)
                    .Int("cycle", "status", "verdict")
                    .OptionalLong("due_at")
                    .Long("elapsed_ticks", "target_ticks", "since")
                    .Text("calendar", 60)
                    .Int("calendar_version")
                    .Flag("is_current")
                    .Key("ticket_id", "metric", "cycle")
                    .Belongs("ticket_id", "tickets")
                    .Index("metric", "status", "due_at")
        );
        tables.Create(
            "ticket_keys",
            table =>
                table
                    .Text("desk", 10)
                    .Int("number")
                    .Long("ticket_id")
                    .Flag("is_current")
                    .Key("desk", "number")
                    .Index("ticket_id")
        );
    }

    private static void Conversation(Tables tables)
    {
        tables.Create(
            "comments",
            table =>
                table
                    .Long("ticket_id", "version")
                    .Int("visibility", "author_kind")
                    .OptionalLong("author_id")
                    .OptionalText("author_name", 255)
                    .Long("at")
                    .Flag("by_customer")
                    .Text("body")
                    .Key("ticket_id", "version")
        );
        tables.Create(
            "attachments",
            table =>
                table
                    .Long("ticket_id", "version")
                    .Int("ordinal")
                    .Long("file_id")
                    .Text("name", 255)
                    .Text("content_type", 255)
                    .Long("size")
                    .Text("sha256", 64)
                    .Int("visibility")
                    .OptionalLong("author_id")
                    .Long("at")
                    .Key("ticket_id", "version", "ordinal")
                    .Index("file_id")
        );
    }

    private static void Texts(Tables tables)
    {
        tables.Create(
            "ticket_texts",
            table =>
                table
                    .Long("id", "ticket_id")
                    .Int("part")
                    .Long("source")
                    .Int("visibility")
                    .Text("text")
                    .Key("id")
                    .Unique("ticket_id", "part", "source")
        );
        tables.Only(
            Tables.Sqlite,
            """
            CREATE VIRTUAL TABLE ticket_text_trigrams USING fts5(
                text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1')
            """
        );
        tables.Only(
            Tables.Sqlite,
            """
            CREATE VIRTUAL TABLE ticket_text_pairs USING fts5(
                pairs, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')
            """
        );
        tables.Only(Tables.PostgreSql, "ALTER TABLE ticket_texts ADD COLUMN grams integer[] NOT NULL DEFAULT '{}'");
        tables.Only(Tables.PostgreSql, "CREATE INDEX ix_ticket_texts_grams ON ticket_texts USING gin (grams)");
        tables.Only(
            Tables.SqlServer,
            """
            CREATE TABLE ticket_text_grams (
                gram int NOT NULL, text_id bigint NOT NULL, CONSTRAINT pk_ticket_text_grams PRIMARY KEY (gram, text_id))
            """
        );
        tables.Only(Tables.SqlServer, "CREATE INDEX ix_ticket_text_grams_text_id ON ticket_text_grams (text_id)");
    }
}
