using System.CommandLine;
using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Cli;

/// <summary>Options that say which installation is meant.</summary>
public sealed class GlobalOptions
{
    private readonly Option<string?> data = new("--data")
    {
        Description = CliTexts.Get("cli.option-data"),
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> database = new("--database")
    {
        Description = CliTexts.Get("cli.option-database"),
        HelpName = "sqlite|postgresql|sqlserver",
        Recursive = true,
    };

    private readonly Option<string?> connection = new("--connection")
    {
        Description = CliTexts.Get("cli.option-connection"),
        HelpName = "STRING",
        Recursive = true,
    };

    private readonly Option<string?> urls = new("--urls")
    {
        Description = CliTexts.Get("cli.option-urls"),
        HelpName = "URLS",
    };

    private readonly Option<bool> demo = new("--demo") { Description = CliTexts.Get("cli.option-demo") };

    /// <summary>Adds them: where the installation is to every command, how to serve to the root alone.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(data);
        root.Options.Add(database);
        root.Options.Add(connection);
        root.Options.Add(urls);
        root.Options.Add(demo);
    }

    /// <summary>What was given.</summary>
    public GivenOptions Read(ParseResult parsed) =>
        new()
        {
            Data = parsed.GetValue(data),
            Database = parsed.GetValue(database),
            Connection = parsed.GetValue(connection),
            Urls = parsed.GetValue(urls),
            Demo = parsed.GetValue(demo),
        };
}
