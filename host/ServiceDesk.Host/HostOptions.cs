using System.Net;
using System.Reflection;
using NodaTime;
using ServiceDesk.Storage;

namespace ServiceDesk.Host;

/// <summary>What the process was started with: read once, validated, then unchanged until it ends.</summary>
public sealed record HostOptions
{
    /// <summary>Absolute path of the folder with everything that must survive: database, files, keys. One process owns it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether the folder was made for this run and goes away with it.</summary>
    public bool IsDataTemporary { get; init; }

    /// <summary>Whether nobody said which folder it should be.</summary>
    public bool IsDataDefault { get; init; }

    /// <summary>Which database.</summary>
    public DatabaseProvider Database { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>The connection string; null for SQLite, whose file lies in the data folder. Holds a password: never logged.</summary>
    public string? Connection { get; init; }

    /// <summary>Addresses to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Whether the product fills itself with a believable company. Listens on loopback only, since its passwords are known.</summary>
    public bool Demo { get; init; }

    /// <summary>Absolute path of the folder in which each plugin has a folder.</summary>
    public required string PluginFolder { get; init; }

    /// <summary>Entry assemblies of plugins that the process has loaded already: a test's own plugin, whose types the test shares.</summary>
    public IReadOnlyList<Assembly> PluginsInProcess { get; init; } = [];

    /// <summary>The name of this process among those on one database: unique per start, so that a lease never passes to a successor unnoticed.</summary>
    public required string Node { get; init; }

    /// <summary>The least level that is logged: <c>debug</c>, <c>information</c>, <c>warning</c> or <c>error</c>.</summary>
    public string LogLevel { get; init; } = "information";

    /// <summary>How long a ticket without commands stays in memory.</summary>
    public Duration GrainIdle { get; init; } = Duration.FromMinutes(10);

    /// <summary>How much memory tickets kept in memory may take together, roughly, in bytes.</summary>
    public long GrainMemory { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long an agent's reply waits in which it can be taken back; zero sends at once.</summary>
    public Duration UndoSend { get; init; } = Duration.FromSeconds(10);

    /// <summary>The address by which people reach the product, without a slash at its end; null when nobody said it.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>
    /// The address that links lead to when nobody asked by one: <see cref="PublicAddress"/>, else the first of <see cref="Urls"/>,
    /// with a name for "every interface".
    /// </summary>
    public string PublicUrl => PublicAddress ?? Reachable(Urls[0]);

    /// <summary>What storage needs of it.</summary>
    public StorageOptions Storage =>
        new()
        {
            Provider = Database,
            Connection = Connection,
            DataFolder = DataFolder,
        };

    /// <summary>An address that a browser on this machine can open, for one that may say "every interface".</summary>
    public static string Reachable(string url) =>
        url.Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal);

    /// <summary>Whether an address can be reached from this machine only.</summary>
    public static bool IsLoopback(string url) =>
        Uri.TryCreate(
            url.Replace("//+", "//0.0.0.0", StringComparison.Ordinal)
                .Replace("//*", "//0.0.0.0", StringComparison.Ordinal),
            UriKind.Absolute,
            out var uri
        )
        && (
            uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        );
}
