using ServiceDesk.Host.Cli.Commands;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Shows what a command says on the console, and writes its files below a folder.</summary>
internal sealed class ConsoleOutput(TextWriter output, TextWriter error, string? folder) : ICommandOutput
{
    public Task ResultAsync(string line) => output.WriteLineAsync(line);

    public Task NoteAsync(string line) => error.WriteLineAsync(line);

    public async Task FileAsync(string path, string text)
    {
        var root = Path.GetFullPath(folder ?? throw new InvalidOperationException("The command has no folder."));
        var target = Path.GetFullPath(Path.Combine(root, path));
        if (!target.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException($"{path} lies outside {root}.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllTextAsync(target, text);
    }
}
