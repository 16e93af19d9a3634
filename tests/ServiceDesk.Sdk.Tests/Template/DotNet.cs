using System.Diagnostics;

namespace ServiceDesk.Sdk.Tests.Template;

/// <summary>
/// Runs the <c>dotnet</c> of this machine as a stranger does, outside of this tree: packages that it fetches go to a folder of
/// the test and those of this machine are only read, templates are kept in a folder of the test, and no process stays behind.
/// </summary>
internal sealed class DotNet(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Says to <c>dotnet new</c> where it keeps templates.</summary>
    public string[] Hive { get; } = ["--debug:custom-hive", Path.Combine(folder, "hive")];

    /// <summary>Runs it to its end and returns what it said.</summary>
    /// <param name="workingFolder">Where it runs.</param>
    /// <param name="arguments">Each apart.</param>
    /// <exception cref="Xunit.Sdk.TrueException">It did not succeed.</exception>
    public async Task<string> RunAsync(string workingFolder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        Prepare(start.Environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var text = string.Join('\n', await said);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', start.ArgumentList)}:\n{text}");
        return text;
    }

    private void Prepare(IDictionary<string, string?> environment)
    {
        // What the test runner told its own process is not for this one.
        string[] ofTheRunner = ["MSBUILD", "VSTEST", "DOTNET_STARTUP_HOOKS", "COREHOST"];
        foreach (var name in environment.Keys.Where(name => ofTheRunner.Any(name.StartsWith)).ToList())
        {
            environment.Remove(name);
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        environment["NUGET_FALLBACK_PACKAGES"] = packages;
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
