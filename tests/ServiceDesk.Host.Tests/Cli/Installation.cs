using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Tests.Cli;

/// <summary>A data folder for the program's command line, on SQLite in it or on the PostgreSQL database that is given.</summary>
internal sealed class Installation(string? postgreSql = null) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;

    /// <summary>The server that owns the folder; commands run in it from then on.</summary>
    public async Task<RunningServer> StartAsync()
    {
        var given = new GivenOptions
        {
            Data = Folder,
            Urls = "http://127.0.0.1:0",
            Database = postgreSql is null ? null : "postgresql",
            Connection = postgreSql,
        };
        var settings = new ConfigurationBuilder().Build();
        var options = HostOptionsReader.Read(given, settings, Folder).Options! with { LogLevel = "warning" };
        var owned = DataFolder.TryOpen(options)!;
        var app = Server.Build(options, new StringWriter());
        await app.PrepareAsync();
        await app.StartAsync();
        return new RunningServer(app, owned);
    }

    /// <summary>Runs a command as somebody at a terminal does.</summary>
    public async Task<Run> RunAsync(string input, params string[] arguments)
    {
        string[] where = postgreSql is null ? [] : ["--database", "postgresql", "--connection", postgreSql];
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync([.. arguments, "--data", Folder, .. where], reader, output, error);
        return new Run(exit, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>How a command ended, and what it wrote.</summary>
internal sealed record Run(int Exit, string Output, string Error);

/// <summary>A server that owns its data folder until it is stopped.</summary>
internal sealed class RunningServer(WebApplication app, DataFolder owned) : IAsyncDisposable
{
    public WebApplication App => app;

    public IServiceProvider Services => app.Services;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        owned.Dispose();
    }
}
