using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Cli;

/// <summary>Runs the server until it is told to stop.</summary>
public static class ServeCommand
{
    public static async Task<int> RunAsync(
        GivenOptions given,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        var options = await InstallationOptions.ReadAsync(given, error);
        if (options is null)
        {
            return ExitCodes.Usage;
        }

        using var folder = await DataFolder.OpenAsync(options, error);
        if (folder is null)
        {
            return ExitCodes.Unavailable;
        }

        await using var app = Server.Build(options, output);
        await app.PrepareAsync(cancellation);
        await app.RunAsync(cancellation);
        return ExitCodes.Done;
    }
}
