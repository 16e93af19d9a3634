namespace ServiceDesk.Storage.Migrations;

/// <summary>Configuration, settings, what caches watch, keys of data protection.</summary>
internal static class DocumentTables
{
    public static void Create(Tables tables)
    {
        tables.Create("configuration_head", table => table.Int("id").Long("revision").Key("id"));
        tables.Sql("INSERT INTO configuration_head (id, revision) VALUES (1, 0)");
        tables.Create(
            "revisions",
            table =>
                table
                    .Long("revision", "at")
                    .OptionalLong("author_id")
                    .OptionalText("source", 255)
                    .OptionalText("comment")
                    .Key("revision")
        );
        tables.Create(
            "documents",
            table =>
                table
                    .Text("kind", 100)
                    .Text("id", 100)
                    .Int("version")
                    .Long("revision")
                    .OptionalText("json")
                    .Key("kind", "id")
        );
        tables.Create(
            "document_versions",
            table =>
                table
                    .Text("kind", 100)
                    .Text("id", 100)
                    .Int("version")
                    .Long("revision")
                    .OptionalText("json")
                    .Key("kind", "id", "version")
                    .Index("revision")
        );
        tables.Create(
            "settings",
            table =>
                table
                    .Text("owner", 100)
                    .Text("name", 100)
                    .Text("json")
                    .Long("at")
                    .OptionalLong("author_id")
                    .Key("owner", "name")
        );
        tables.Create("stamps", table => table.Text("name", 100).Long("value").Key("name"));
        tables.Sql("INSERT INTO stamps (name, value) VALUES ('people', 0)");
        tables.Create(
            "data_protection_keys",
            table => table.CountedKey(typeof(int), "id").OptionalText("name", 255).Text("xml")
        );
    }
}
