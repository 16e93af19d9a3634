using System.Text.Json;

namespace ServiceDesk.Host.Cli;

/// <summary>A folder of configuration files as the content of one command.</summary>
internal static class FolderContent
{
    private const long MostBytes = 64L * 1024 * 1024;

    /// <summary>The YAML files below the folder, by their paths; null after the reason was written to <paramref name="error"/>.</summary>
    public static async Task<Stream?> ReadAsync(string folder, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var root = Path.GetFullPath(folder);
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            var bytes = 0L;
            foreach (var path in Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories))
            {
                bytes += new FileInfo(path).Length;
                if (bytes > MostBytes)
                {
                    await error.WriteLineAsync(CliTexts.Get("cli.folder-too-large", root));
                    return null;
                }

                var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
                files[name] = await File.ReadAllTextAsync(path, cancellation);
            }

            if (files.Count == 0)
            {
                await error.WriteLineAsync(CliTexts.Get("cli.folder-empty", root));
                return null;
            }

            return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(files));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.file-unreadable", folder, problem.Message));
            return null;
        }
    }
}
