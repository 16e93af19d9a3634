namespace ServiceDesk.Storage;

/// <summary>The databases that the product runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, in the data folder.</summary>
    Sqlite = 1,

    /// <summary>PostgreSQL 15 or newer.</summary>
    PostgreSql = 2,

    /// <summary>SQL Server 2019 or newer.</summary>
    SqlServer = 3,
}

/// <summary>Where the data lies.</summary>
public sealed record StorageOptions
{
    /// <summary>Which database.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>The connection string; for SQLite null, which takes the file in the data folder. Holds a password: never logged.</summary>
    public string? Connection { get; init; }

    /// <summary>Absolute path of the folder with everything that must survive.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether contents of files are kept in the database instead of the data folder, for several nodes without a common folder.</summary>
    public bool FilesInDatabase { get; init; }

    /// <summary>The file of the embedded database.</summary>
    public string SqliteFile => Path.Combine(DataFolder, "servicedesk.db");

    /// <summary>The folder of file contents.</summary>
    public string FileFolder => Path.Combine(DataFolder, "files");
}
