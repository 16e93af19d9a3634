using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Storage;

namespace ServiceDesk.Host.Cli;

/// <summary>
/// A note of this user's own that names the folder of the demo that runs: it has another one at each start, and commands beside it
/// should find it as they find an installation.
/// </summary>
/// <param name="path">Where the note lies.</param>
public sealed class DemoNote(string path)
{
    /// <summary>The note of whoever runs this process.</summary>
    public static DemoNote OfThisUser { get; } =
        new(
            Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify
                ),
                "servicedesk",
                "demo-folder"
            )
        );

    /// <summary>Writes it, and tells the folder. A demo runs also where it cannot be written.</summary>
    public async Task LeaveAsync(string folder, TextWriter output)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The sentence below tells how commands find it.
        }

        await output.WriteLineAsync(CliTexts.Get("cli.demo-folder", folder));
    }

    /// <summary>Takes it away, unless another demo has written its own meanwhile.</summary>
    public void TakeBack(string folder)
    {
        if (Read() == folder)
        {
            File.Delete(path);
        }
    }

    /// <summary>The options of a command that names no folder: those of the demo that runs, when there is no installation where it would look.</summary>
    public HostOptions Find(HostOptions options) =>
        options.IsDataDefault
        && options.Database == DatabaseProvider.Sqlite
        && !File.Exists(options.Storage.SqliteFile)
        && Read() is { } folder
        && ControlFile.IsIn(folder)
            ? options with
            {
                DataFolder = folder,
                IsDataTemporary = false,
            }
            : options;

    private string? Read()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
