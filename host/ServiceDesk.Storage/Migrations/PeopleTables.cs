namespace ServiceDesk.Storage.Migrations;

/// <summary>People with what Identity keeps for them, organizations, teams, tokens and files.</summary>
internal static class PeopleTables
{
    public static void Create(Tables tables)
    {
        People(tables);
        Identity(tables);
        Groups(tables);
        tables.Create(
            "tokens",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Long("person_id")
                    .Text("name", 255)
                    .Text("hash", 64)
                    .Text("scopes")
                    .Long("created_at")
                    .OptionalLong("expires_at", "last_used_at", "revoked_at")
                    .Belongs("person_id", "people")
                    .Unique("hash")
                    .Index("person_id")
        );
        tables.Create(
            "files",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("sha256", 64)
                    .Long("size")
                    .Text("name", 255)
                    .Text("content_type", 255)
                    .Long("uploaded_at")
                    .OptionalLong("uploaded_by")
                    .Index("sha256")
        );
        tables.Create(
            "file_chunks",
            table => table.Text("sha256", 64).Int("ordinal").Long("taken_at").Bytes("bytes").Key("sha256", "ordinal")
        );
    }

    private static void People(Tables tables) =>
        tables.Create(
            "people",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("name", 255)
                    .Text("role", 100)
                    .Text("language", 100)
                    .Text("zone", 100)
                    .Flag("is_active")
                    .OptionalText("external_id", 255)
                    .Text("search_text")
                    .OptionalText("user_name", 255)
                    .OptionalText("normalized_user_name", 255)
                    .OptionalText("email", 255)
                    .OptionalText("normalized_email", 255)
                    .Flag("email_confirmed")
                    .OptionalText("password_hash")
                    .OptionalText("security_stamp")
                    .OptionalText("concurrency_stamp")
                    .OptionalText("phone_number")
                    .Flag("phone_number_confirmed", "two_factor_enabled")
                    .OptionalMoment("lockout_end")
                    .Flag("lockout_enabled")
                    .Int("access_failed_count")
                    .UniqueWhereSet("normalized_user_name")
                    .UniqueWhereSet("normalized_email")
                    .UniqueWhereSet("external_id")
                    .Index("name", "id")
        );

    private static void Identity(Tables tables)
    {
        tables.Create(
            "person_claims",
            table =>
                table
                    .CountedKey(typeof(int), "id")
                    .Long("user_id")
                    .OptionalText("claim_type")
                    .OptionalText("claim_value")
                    .Belongs("user_id", "people")
                    .Index("user_id")
        );
        tables.Create(
            "person_logins",
            table =>
                table
                    .Text("login_provider", 100)
                    .Text("provider_key", 255)
                    .OptionalText("provider_display_name")
                    .Long("user_id")
                    .Key("login_provider", "provider_key")
                    .Belongs("user_id", "people")
                    .Index("user_id")
        );
        tables.Create(
            "person_tokens",
            table =>
                table
                    .Long("user_id")
                    .Text("login_provider", 100)
                    .Text("name", 255)
                    .OptionalText("value")
                    .Key("user_id", "login_provider", "name")
                    .Belongs("user_id", "people")
        );
    }

    private static void Groups(Tables tables)
    {
        tables.Create(
            "organizations",
            table =>
                table
                    .CountedKey(typeof(long), "id")
                    .Text("key", 100)
                    .Text("name", 255)
                    .Flag("members_see_each_other")
                    .Unique("key")
        );
        tables.Create(
            "memberships",
            table =>
                table
                    .Long("person_id", "organization_id")
                    .Key("person_id", "organization_id")
                    .Belongs("person_id", "people")
                    .Belongs("organization_id", "organizations")
                    .Index("organization_id")
        );
        tables.Create("teams", table => table.CountedKey(typeof(long), "id").Text("name", 255).Unique("name"));
        tables.Create(
            "team_members",
            table =>
                table
                    .Long("team_id", "person_id")
                    .Key("team_id", "person_id")
                    .Belongs("team_id", "teams")
                    .Belongs("person_id", "people")
                    .Index("person_id")
        );
    }
}
