using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Manifests;

/// <summary>Reads and checks <c>plugin.json</c>. Every fault is a reason, never an exception.</summary>
public static partial class ManifestReader
{
    private const long LargestFile = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the manifest of a plugin's folder.</summary>
    /// <returns>The manifest, or the reason why there is none.</returns>
    public static (PluginManifest? Manifest, PluginReason? Fault) Read(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, "plugin.json"));
        if (!file.Exists)
        {
            return (null, PluginReason.Of("plugins.reason.no-manifest"));
        }

        if (file.Length > LargestFile)
        {
            return (null, PluginReason.Of("plugins.reason.bad-manifest", "> 64 KiB"));
        }

        try
        {
            var shape = JsonSerializer.Deserialize<Shape>(File.ReadAllText(file.FullName), Options);
            return shape is null ? (null, PluginReason.Of("plugins.reason.bad-manifest", "null")) : Check(shape);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, PluginReason.Of("plugins.reason.bad-manifest", exception.Message));
        }
    }

    private static (PluginManifest?, PluginReason?) Check(Shape shape)
    {
        if (shape.Id is null || !IdPattern.IsMatch(shape.Id))
        {
            return (null, PluginReason.Of("plugins.reason.bad-id", shape.Id ?? string.Empty));
        }

        if (!SemanticVersion.TryParse(shape.Version, out _))
        {
            return (null, PluginReason.Of("plugins.reason.bad-version", "version", shape.Version ?? string.Empty));
        }

        if (!VersionRange.TryParse(shape.Sdk, out _))
        {
            return (null, PluginReason.Of("plugins.reason.bad-version", "sdk", shape.Sdk ?? string.Empty));
        }

        if (shape.Assembly is null || !AssemblyPattern.IsMatch(shape.Assembly))
        {
            return (null, PluginReason.Of("plugins.reason.bad-assembly", shape.Assembly ?? string.Empty));
        }

        var dependencies = shape.Dependencies ?? [];
        foreach (var (id, range) in dependencies)
        {
            if (!IdPattern.IsMatch(id) || !VersionRange.TryParse(range, out _))
            {
                return (null, PluginReason.Of("plugins.reason.bad-version", id, range ?? string.Empty));
            }
        }

        return (
            new PluginManifest(
                shape.Id,
                shape.Version!,
                shape.Sdk!,
                shape.Assembly,
                string.IsNullOrWhiteSpace(shape.Name) ? shape.Id : shape.Name.Trim(),
                (shape.Description ?? string.Empty).Trim(),
                dependencies
            ),
            null
        );
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex IdPattern { get; }

    /// <summary>A file name, not a path.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}\.dll$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AssemblyPattern { get; }

    private sealed record Shape(
        string? Id,
        string? Version,
        string? Sdk,
        string? Assembly,
        string? Name,
        string? Description,
        Dictionary<string, string>? Dependencies
    );
}
