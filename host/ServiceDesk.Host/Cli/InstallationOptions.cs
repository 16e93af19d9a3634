using Microsoft.Extensions.Configuration;
using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Cli;

/// <summary>Reads the options of the installation that a command line means.</summary>
public static class InstallationOptions
{
    /// <summary>The options; null after every problem was written to <paramref name="error"/>.</summary>
    public static async Task<HostOptions?> ReadAsync(GivenOptions given, TextWriter error)
    {
        IConfiguration configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .Build();
        }
        catch (InvalidDataException problem)
        {
            await error.WriteLineAsync(
                CliTexts.Get("cli.settings-unreadable", problem.InnerException?.Message ?? problem.Message)
            );
            return null;
        }

        var (options, problems) = HostOptionsReader.Read(given, configuration, Environment.CurrentDirectory);
        foreach (var problem in problems)
        {
            await error.WriteLineAsync(CliTexts.Get(problem.Code, problem.Arguments));
        }

        return options;
    }
}
