using Microsoft.AspNetCore.Connections;
using ServiceDesk.Host.Intake.Demo;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Host.Cli;

/// <summary>Runs the server until it is told to stop.</summary>
public static class ServeCommand
{
    public static async Task<int> RunAsync(
        GivenOptions given,
        DemoNote demo,
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

        try
        {
            await using var app = Server.Build(options, output);
            await app.PrepareAsync(cancellation);
            var link = options.Demo ? null : await FirstAdministrator.MakeLinkAsync(app, cancellation);
            await app.StartAsync(cancellation);
            if (link is not null)
            {
                await FirstAdministrator.OfferAsync(app, link, output);
            }

            if (options.IsDataTemporary)
            {
                await demo.LeaveAsync(options.DataFolder, output);
            }

            await app.WaitForShutdownAsync(cancellation);
            return ExitCodes.Done;
        }
        catch (DemoImpossibleException problem)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.demo-impossible", problem.Message));
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
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.address-in-use", string.Join("; ", options.Urls)));
            return ExitCodes.Usage;
        }
        finally
        {
            demo.TakeBack(options.DataFolder);
        }
    }
}
