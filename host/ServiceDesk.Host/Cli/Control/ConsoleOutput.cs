using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Shows what a command says on the console, and writes its files below a folder.</summary>
internal sealed class ConsoleOutput(TextWriter output, TextWriter error, string? folder) : ICommandOutput
{
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    public Task ResultAsync(string line) => output.WriteLineAsync(line);

    public Task NoteAsync(string line) => error.WriteLineAsync(line);

    public async Task FileAsync(string path, string text)
    {
        var root = Path.GetFullPath(folder ?? throw new InvalidOperationException("The command has no folder."));
        var target = Path.GetFullPath(Path.Combine(root, path));
        var inside = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        if (!target.StartsWith(inside, StringComparison.Ordinal))
        {
            throw new IOException($"{path} lies outside {root}.");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, text);
            written.Add(target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new OutputFolderException(target, problem);
        }
    }

    /// <summary>
    /// Removes documents that an earlier export left and this one did not write, so that an import of the folder does not bring
    /// them back. Everything else in the folder stays.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int RemoveFormer()
    {
        var root = Path.GetFullPath(folder ?? throw new InvalidOperationException("The command has no folder."));
        var former = DocumentKinds
            .All.Select(kind => Path.Combine(root, ConfigurationFolder.FolderOf(kind)))
            .Where(Directory.Exists)
            .SelectMany(kind => Directory.EnumerateFiles(kind, "*.yaml"))
            .Where(path => !written.Contains(path))
            .ToList();
        former.ForEach(File.Delete);
        return former.Count;
    }
}

/// <summary>A file of the output cannot be written where the user wants it; neither the server nor the data folder is to blame.</summary>
internal sealed class OutputFolderException(string path, Exception inner) : Exception(inner.Message, inner)
{
    public string Path => path;
}
