using System.CommandLine;

namespace ServiceDesk.Host.Cli;

/// <summary>The program's command line: serves when no command is named.</summary>
public static class CommandLine
{
    /// <summary>Reads the arguments and does what they say.</summary>
    /// <param name="demo">Where a demo's folder is noted; null for this user's own place.</param>
    /// <returns>An <see cref="ExitCodes"/> value.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextReader input,
        TextWriter output,
        TextWriter error,
        DemoNote? demo = null
    )
    {
        demo ??= DemoNote.OfThisUser;
        var root = new RootCommand(CliTexts.Get("cli.about"));
        var options = new GlobalOptions();
        options.AddTo(root);
        root.SetAction(
            (parsed, cancellation) => ServeCommand.RunAsync(options.Read(parsed), demo, output, error, cancellation)
        );
        foreach (var command in ClientCommands.All(options, demo, input, output, error))
        {
            root.Subcommands.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync(CliTexts.Get("cli.see-help"));
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // The server handles its own signals, and lets requests in flight end.
                ProcessTerminationTimeout = parsed.CommandResult.Command == root ? null : TimeSpan.FromSeconds(10),
            }
        );
    }
}
