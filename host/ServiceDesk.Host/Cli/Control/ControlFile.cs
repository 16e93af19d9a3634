using System.Text.Json;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>Where the server that owns a data folder listens for the command line, and the word that it wants to hear. Readable by the folder's owner only.</summary>
/// <param name="Address">A loopback address.</param>
/// <param name="Secret">256 random bits, new at each start.</param>
public sealed record ControlFile(string Address, string Secret)
{
    private const string FileName = "control.json";

    /// <summary>Writes it, whole or not at all.</summary>
    public async Task SaveAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        var writing = path + ".new";
        File.Delete(writing);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new FileStream(writing, options))
        {
            await JsonSerializer.SerializeAsync(file, this, cancellationToken: cancellation);
        }

        File.Move(writing, path, overwrite: true);
    }

    /// <summary>Reads it; null when it is missing or unreadable.</summary>
    public static async Task<ControlFile?> FindAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(folder, FileName));
            return await JsonSerializer.DeserializeAsync<ControlFile>(file, cancellationToken: cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a server has written it there.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Takes it away.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}
