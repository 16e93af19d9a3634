using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Storage;

namespace ServiceDesk.Host.Startup;

/// <summary>What is wrong with an option: the text key of the sentence and what fills its places.</summary>
public sealed record OptionProblem(string Code, params string[] Arguments);

/// <summary>What was given on the command line; null where nothing was.</summary>
public sealed record GivenOptions
{
    public string? Data { get; init; }
    public string? Database { get; init; }
    public string? Connection { get; init; }
    public string? Urls { get; init; }
    public bool Demo { get; init; }
}

/// <summary>
/// Makes <see cref="HostOptions"/> of the command line, then the environment (<c>SERVICEDESK__DATA</c>), then
/// <c>appsettings.json</c> (section <c>ServiceDesk</c>). Wrong values and unknown names are all reported, each by name.
/// </summary>
public static class HostOptionsReader
{
    /// <summary>The section of the configuration; with two underscores the prefix of environment variables.</summary>
    public const string Section = "ServiceDesk";

    private static readonly string[] KnownNames =
    [
        "Data",
        "Database",
        "Connection",
        "Urls",
        "Demo",
        "Plugins",
        "LogLevel",
        "GrainIdle",
        "GrainMemory",
        "UndoSend",
        "PublicUrl",
    ];

    private static readonly string[] LogLevels = ["debug", "information", "warning", "error"];

    /// <summary>The options, or every reason why there are none.</summary>
    public static (HostOptions? Options, IReadOnlyList<OptionProblem> Problems) Read(
        GivenOptions given,
        IConfiguration configuration,
        string workingFolder
    )
    {
        var section = configuration.GetSection(Section);
        var problems = new List<OptionProblem>();
        foreach (var name in section.GetChildren().Select(child => child.Key))
        {
            if (!KnownNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new OptionProblem("cli.option-unknown", name, string.Join(", ", KnownNames)));
            }
        }

        var demo = given.Demo || ReadFlag(section, "Demo", problems);
        var data = given.Data ?? section["Data"];
        var database = ReadDatabase(given.Database ?? section["Database"], problems);
        var connection = given.Connection ?? section["Connection"];
        CheckConnection(database, connection, problems);
        var urls = ReadUrls(given.Urls ?? section["Urls"] ?? "http://localhost:5080", demo, problems);
        var logLevel = ReadLogLevel(section["LogLevel"], problems);
        var idle = ReadDuration(section["GrainIdle"], "GrainIdle", Duration.FromMinutes(10), problems);
        var memory = ReadMegabytes(section["GrainMemory"], "GrainMemory", 64, problems);
        var undo = ReadDuration(section["UndoSend"], "UndoSend", Duration.FromSeconds(10), problems, orNone: true);
        var publicAddress = ReadPublicUrl(section["PublicUrl"], problems);
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var isTemporary = demo && string.IsNullOrWhiteSpace(data);
        return (
            new HostOptions
            {
                DataFolder = isTemporary
                    ? Directory.CreateTempSubdirectory("servicedesk-demo-").FullName
                    : Path.GetFullPath(string.IsNullOrWhiteSpace(data) ? "data" : data, workingFolder),
                IsDataTemporary = isTemporary,
                IsDataDefault = string.IsNullOrWhiteSpace(data),
                Database = database,
                Connection = database == DatabaseProvider.Sqlite ? null : connection,
                Urls = urls,
                Demo = demo,
                PluginFolder = Path.GetFullPath(section["Plugins"] ?? "plugins", AppContext.BaseDirectory),
                Node = NewNode(),
                LogLevel = logLevel,
                GrainIdle = idle,
                GrainMemory = memory * 1024 * 1024,
                UndoSend = undo,
                PublicAddress = publicAddress,
            },
            problems
        );
    }

    private static string NewNode() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"
        );

    private static DatabaseProvider ReadDatabase(string? text, List<OptionProblem> problems)
    {
        switch (text?.Trim().ToLowerInvariant())
        {
            case null or "" or "sqlite":
                return DatabaseProvider.Sqlite;
            case "postgresql" or "postgres":
                return DatabaseProvider.PostgreSql;
            case "sqlserver":
                return DatabaseProvider.SqlServer;
            default:
                problems.Add(new OptionProblem("cli.database-unknown", text));
                return DatabaseProvider.Sqlite;
        }
    }

    private static void CheckConnection(DatabaseProvider database, string? connection, List<OptionProblem> problems)
    {
        if (database == DatabaseProvider.Sqlite)
        {
            if (!string.IsNullOrWhiteSpace(connection))
            {
                problems.Add(new OptionProblem("cli.connection-not-for-sqlite"));
            }
        }
        else if (string.IsNullOrWhiteSpace(connection))
        {
            problems.Add(new OptionProblem("cli.connection-missing", database.ToString()));
        }
    }

    private static string[] ReadUrls(string text, bool demo, List<OptionProblem> problems)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0)
        {
            problems.Add(new OptionProblem("cli.url-wrong", text));
        }

        foreach (var url in urls)
        {
            if (!IsUrl(url))
            {
                problems.Add(new OptionProblem("cli.url-wrong", url));
            }
            else if (demo && !HostOptions.IsLoopback(url))
            {
                problems.Add(new OptionProblem("cli.demo-needs-loopback", url));
            }
        }

        return urls;
    }

    private static bool IsUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && string.IsNullOrEmpty(address.PathBase);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? ReadPublicUrl(string? text, List<OptionProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var isAddress =
            Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { Query: "", Fragment: "", UserInfo: "" };
        if (!isAddress)
        {
            problems.Add(new OptionProblem("cli.public-url-wrong", text));
        }

        return text.Trim().TrimEnd('/');
    }

    private static bool ReadFlag(IConfigurationSection section, string name, List<OptionProblem> problems)
    {
        var text = section[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        if (!bool.TryParse(text, out var flag))
        {
            problems.Add(new OptionProblem("cli.flag-wrong", name, text));
        }

        return flag;
    }

    private static string ReadLogLevel(string? text, List<OptionProblem> problems)
    {
        var level = string.IsNullOrWhiteSpace(text) ? "information" : text.Trim().ToLowerInvariant();
        if (!LogLevels.Contains(level, StringComparer.Ordinal))
        {
            problems.Add(new OptionProblem("cli.log-level-unknown", level, string.Join(", ", LogLevels)));
        }

        return level;
    }

    private static Duration ReadDuration(
        string? text,
        string name,
        Duration fallback,
        List<OptionProblem> problems,
        bool orNone = false
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        var parsed = PeriodPattern.NormalizingIso.Parse(text.Trim());
        if (
            parsed.Success
            && parsed.Value is { Years: 0, Months: 0 } period
            && period.ToDuration() is var duration
            && (duration > Duration.Zero || (orNone && duration == Duration.Zero))
        )
        {
            return duration;
        }

        problems.Add(new OptionProblem("cli.duration-wrong", name, text));
        return fallback;
    }

    private static long ReadMegabytes(string? text, string name, long fallback, List<OptionProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 1_000_000
        )
        {
            return number;
        }

        problems.Add(new OptionProblem("cli.megabytes-wrong", name, text));
        return fallback;
    }
}
