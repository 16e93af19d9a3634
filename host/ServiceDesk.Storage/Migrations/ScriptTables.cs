namespace ServiceDesk.Storage.Migrations;

/// <summary>Scripts: what was compiled, what they keep, what they did.</summary>
internal static class ScriptTables
{
    public static void Create(Tables tables)
    {
        tables.Create("compiled_scripts", table => table.Text("hash", 64).Text("json").Long("at").Key("hash"));
        tables.Create(
            "script_values",
            table => table.Text("script", 100).Text("key", 100).Text("json").Long("at").Key("script", "key")
        );
        tables.Create(
            "script_runs",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("script", 100)
                    .Int("version")
                    .Text("use", 30)
                    .OptionalLong("position", "ticket_id")
                    .Long("at", "duration", "statements", "allocated")
                    .Int("calls")
                    .Text("outcome", 30)
                    .OptionalText("error")
                    .OptionalInt("line", "column")
                    .Text("log")
                    .Index("script", "id")
                    .Index("at")
                    .UniqueWhereSet("script", "position")
        );
    }
}
