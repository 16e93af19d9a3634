namespace ServiceDesk.Storage.Dialects;

/// <summary>What is known about versions of SQLite.</summary>
internal static class SqliteVersions
{
    private static readonly Version FirstRisky = new(3, 7, 0);
    private static readonly Version LastRisky = new(3, 51, 2);

    /// <summary>A sentence for the log when the version has the race between a writer and a checkpoint of another connection.</summary>
    public static string? Warning(string version) =>
        Version.TryParse(version, out var parsed)
        && parsed >= FirstRisky
        && parsed <= LastRisky
        && parsed != new Version(3, 50, 7)
        && parsed != new Version(3, 44, 6)
            ? $"SQLite {version} can lose commits when several connections write or checkpoint at once (fixed in 3.51.3). "
                + "The product writes and checkpoints through one connection; do not open the file with other programs while it runs."
            : null;
}
