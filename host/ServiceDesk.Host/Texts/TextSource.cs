using System.Reflection;

namespace ServiceDesk.Host.Texts;

/// <summary>A pair of <c>.resx</c> files in an assembly. The host's own are found by folder; a plugin's are registered one by one.</summary>
/// <param name="Assembly">Holds the English resources; the others are in its satellites.</param>
/// <param name="BaseName">The full name without language and extension, such as <c>ServiceDesk.Host.Texts.Portal</c>.</param>
/// <param name="Owner">Whose sentences they are, for reports: <c>host</c> or the plugin's id.</param>
public sealed record TextSource(Assembly Assembly, string BaseName, string Owner)
{
    private const string Suffix = ".resources";

    /// <summary>All pairs of the host's folder <c>Texts</c>.</summary>
    public static IEnumerable<TextSource> OfHost()
    {
        var assembly = typeof(TextSource).Assembly;
        var folder = typeof(TextSource).Namespace + ".";
        return assembly
            .GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            )
            .Select(name => new TextSource(assembly, name[..^Suffix.Length], "host"));
    }
}
