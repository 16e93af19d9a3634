namespace ServiceDesk.Host.Cli.Commands;

/// <summary>
/// A command of the command line that needs the installation: run in the server that owns the data folder, or in the
/// program itself when none does. Register it as a scoped service.
/// </summary>
public interface IHostCommand
{
    /// <summary>As people type it: <c>user create</c>.</summary>
    string Name { get; }

    /// <summary>Does it. The language of the one who asked is that of the flow; what they see goes to <paramref name="output"/>.</summary>
    /// <param name="input">The content that came with it, such as a file to import; empty when there is none. Read it once, forward.</param>
    /// <returns>An <see cref="ExitCodes"/> value.</returns>
    Task<int> RunAsync(CommandRequest request, Stream input, ICommandOutput output, CancellationToken cancellation);
}

/// <summary>What was asked.</summary>
/// <param name="Name">The command.</param>
/// <param name="Language">Two letters.</param>
/// <param name="Arguments">By the name of the option without dashes; what was not given is missing.</param>
public sealed record CommandRequest(string Name, string Language, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>The argument, or null when it was not given.</summary>
    public string? Find(string name) => Arguments.TryGetValue(name, out var value) ? value : null;

    /// <summary>The argument.</summary>
    /// <exception cref="KeyNotFoundException">The verb did not ask for it: a fault of the program.</exception>
    public string Get(string name) => Arguments[name];
}

/// <summary>What the one who asked sees.</summary>
public interface ICommandOutput
{
    /// <summary>A line of the result, on standard output.</summary>
    Task ResultAsync(string line);

    /// <summary>A line on standard error: progress, advice, or why not.</summary>
    Task NoteAsync(string line);

    /// <summary>A file of the result, written below the folder that was named.</summary>
    /// <param name="path">Below the folder, with <c>/</c> between names.</param>
    Task FileAsync(string path, string text);
}
