using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Runs a command where it must run: in the server that owns the data folder, or here when none does.</summary>
internal static class CommandDispatch
{
    public static async Task<int> RunAsync(
        GivenOptions given,
        DemoNote demo,
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        var options = await InstallationOptions.ReadAsync(given, error);
        if (options is null)
        {
            return ExitCodes.Usage;
        }

        options = demo.Find(options);

        // Every other command may be the first one in a new folder; a database that was made a moment ago proves nothing.
        if (
            request.Name == "verify"
            && options.Storage is { Provider: DatabaseProvider.Sqlite } storage
            && !File.Exists(storage.SqliteFile)
        )
        {
            await error.WriteLineAsync(CliTexts.Get("cli.nothing-to-verify", options.DataFolder));
            return ExitCodes.Usage;
        }

        try
        {
            using var folder = DataFolder.TryOpen(options);
            return folder is null
                ? await SendAsync(options, request, input, output, cancellation)
                : await RunHereAsync(options, request, input, output, error, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.folder-unusable", options.DataFolder, problem.Message));
            return ExitCodes.Unavailable;
        }
        catch (OutputFolderException problem)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.folder-unwritable", problem.Path, problem.Message));
            return ExitCodes.Usage;
        }
        catch (NewerDatabaseException problem)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.database-newer", problem.Migration));
            return ExitCodes.Unavailable;
        }
        catch (StorageUnavailableException problem)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.database-unavailable", problem.Message));
            return ExitCodes.Unavailable;
        }
    }

    private static async Task<int> SendAsync(
        HostOptions options,
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var control = await ControlFile.FindAsync(options.DataFolder, cancellation);
        var exit = control is null ? null : await ControlClient.RunAsync(control, request, input, output, cancellation);
        if (exit is null)
        {
            await output.NoteAsync(CliTexts.Get("cli.server-unreachable", options.DataFolder));
        }

        return exit ?? ExitCodes.Unavailable;
    }

    private static async Task<int> RunHereAsync(
        HostOptions options,
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        // What the log has to say stands beside the command's own words only when something failed.
        await using var app = Server.Build(options with { LogLevel = "error" }, error);
        await app.PrepareAsync(cancellation);
        return await app.Services.GetRequiredService<CommandRunner>().RunAsync(request, input, output, cancellation);
    }
}
