using System.Collections.Frozen;
using System.Text.Json;

namespace ServiceDesk.Host.Pages.Assets;

/// <summary>The files that the front-end build made, by their plain names. Their hashed names never change content, so browsers keep them for ever.</summary>
public sealed class FrontEndAssets
{
    /// <summary>The folder under which they are served.</summary>
    public const string Folder = "/dist";

    private readonly IReadOnlyDictionary<string, string> files;
    private readonly FrozenSet<string> icons;

    /// <summary>Reads the manifest beside the program.</summary>
    /// <exception cref="InvalidOperationException">The front end was not built.</exception>
    public FrontEndAssets(IWebHostEnvironment environment)
    {
        var path = Path.Combine(environment.ContentRootPath, "wwwroot", "dist", "manifest.json");
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"The front end is not built: {path} is missing.");
        }

        using var stream = File.OpenRead(path);
        var manifest =
            JsonSerializer.Deserialize<Manifest>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"{path} is empty.");
        files = manifest.Files;
        icons = manifest.Icons.ToFrozenSet(StringComparer.Ordinal);
        Sprite = $"{Folder}/{manifest.Sprite}";
        Preload = manifest.Preload is null ? null : $"{Folder}/{manifest.Preload}";
    }

    /// <summary>The address of the icon sprite.</summary>
    public string Sprite { get; }

    /// <summary>The address of the piece of the font that every page needs.</summary>
    public string? Preload { get; }

    /// <summary>The names of all icons, in alphabetical order.</summary>
    public IEnumerable<string> Icons => icons.Order(StringComparer.Ordinal);

    /// <summary>The address of a file, such as <c>app.css</c>.</summary>
    /// <exception cref="KeyNotFoundException">The build made no such file.</exception>
    public string this[string name] => $"{Folder}/{files[name]}";

    /// <summary>Whether the sprite has the icon.</summary>
    public bool HasIcon(string name) => icons.Contains(name);

    private sealed record Manifest(
        IReadOnlyDictionary<string, string> Files,
        string Sprite,
        IReadOnlyList<string> Icons,
        string? Preload
    );
}
