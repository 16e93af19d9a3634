using System.Globalization;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Finds the command that was asked for and runs it in the language of the one who asked.</summary>
public sealed class CommandRunner(IServiceProvider services, ILogger<CommandRunner> logger)
{
    /// <summary>Runs it; what it throws becomes a sentence and an exit code.</summary>
    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(
            Languages.Known(request.Language) ?? Languages.All[0]
        );
        await using var scope = services.CreateAsyncScope();
        var command = scope
            .ServiceProvider.GetServices<IHostCommand>()
            .FirstOrDefault(command => command.Name == request.Name);
        if (command is null)
        {
            await output.NoteAsync(CliTexts.Get("cli.command-unknown", request.Name));
            return ExitCodes.Usage;
        }

        try
        {
            return await command.RunAsync(request, input, output, cancellation);
        }
        catch (StorageUnavailableException problem)
        {
            logger.CommandFailed(problem, request.Name);
            await output.NoteAsync(CliTexts.Get("cli.database-unavailable", problem.Message));
            return ExitCodes.Unavailable;
        }
        catch (Exception problem) when (problem is not OutputFolderException && !cancellation.IsCancellationRequested)
        {
            logger.CommandFailed(problem, request.Name);
            await output.NoteAsync(CliTexts.Get("cli.command-failed", request.Name, problem.Message));
            return ExitCodes.Refused;
        }
    }
}
