using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>Words that only one database knows stand in the dialects (and in their migrations), nowhere else.</summary>
public static partial class VendorSql
{
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where !IsHome(file.Path)
        from match in Vendor().Matches(WithoutComments(file.Text))
        select $"{file.Path}: {match.Value}";

    private static bool IsHome(string path) =>
        path.StartsWith("host/ServiceDesk.Storage/Dialects/", StringComparison.Ordinal)
        || path.StartsWith("host/ServiceDesk.Storage/Migrations/", StringComparison.Ordinal);

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\b((PRAGMA \w+|SKIP LOCKED|READPAST|UPDLOCK|ON CONFLICT|MERGE INTO|USING fts5|pg_trgm|sp_getapplock|ILIKE|FOR UPDATE|NpgsqlConnection|SqliteConnection|SqlConnection|UseNpgsql|UseSqlite|UseSqlServer)\b|(pg|jsonb?)_\w+\()",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Vendor();
}
