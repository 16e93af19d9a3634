namespace ServiceDesk.Host.Cli;

/// <summary>The data folder, owned by this process until disposed. The system ends the ownership of a killed process.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly HostOptions options;
    private readonly FileStream lockFile;

    private DataFolder(HostOptions options, FileStream lockFile)
    {
        this.options = options;
        this.lockFile = lockFile;
    }

    /// <summary>Makes the folder where it is missing and takes it.</summary>
    /// <returns>Null when another process owns it.</returns>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static DataFolder? TryOpen(HostOptions options)
    {
        CreatePrivate(options.DataFolder);
        var path = Path.Combine(options.DataFolder, "lock");
        try
        {
            return new DataFolder(
                options,
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>As <see cref="TryOpen"/>; what stands in the way is written to <paramref name="error"/>.</summary>
    public static async Task<DataFolder?> OpenAsync(HostOptions options, TextWriter error)
    {
        try
        {
            var folder = TryOpen(options);
            if (folder is null)
            {
                await error.WriteLineAsync(CliTexts.Get("cli.folder-taken", options.DataFolder));
            }

            return folder;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.folder-unusable", options.DataFolder, problem.Message));
            return null;
        }
    }

    public void Dispose()
    {
        lockFile.Dispose();
        if (options.IsDataTemporary)
        {
            try
            {
                Directory.Delete(options.DataFolder, recursive: true);
            }
            catch (IOException)
            {
                // A file is still open somewhere; the system clears its folder for temporary files.
            }
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }
}
