using System.Text.RegularExpressions;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Configuration;

/// <summary>The documents that come with the product and its plugins, so that a new installation is usable.</summary>
public sealed partial class ShippedDocuments
{
    /// <summary>The author of the product's own documents.</summary>
    public const string Product = "product";

    private const string ResourcePrefix = "shipped/";

    private readonly IReadOnlyList<(string Source, ConfigurationFile File)> files;
    private readonly Lazy<IReadOnlyList<(string Source, ConfigurationDocument Document)>> all;

    public ShippedDocuments(PluginCatalog plugins, DocumentText text, ILogger<ShippedDocuments> log)
    {
        var product = ProductFiles().Select(file => (Source: Product, File: file));
        var brought = plugins.ConfigurationFolders.SelectMany(plugin =>
            FilesIn(plugin.Folder).Select(file => (Source: $"plugin:{plugin.Plugin}", File: file))
        );
        files = [.. brought.Concat(product)];
        all = new(() => OnlyKnownTypes([.. files.SelectMany(entry => Read(entry.Source, entry.File, text, log))]));
    }

    /// <summary>Each document with what brings it. What cannot be read is left out, with a line in the log.</summary>
    public IReadOnlyList<(string Source, ConfigurationDocument Document)> All => all.Value;

    /// <summary>
    /// Kind and id of each, as its first keys say, without reading the rest: at most starts all of them are there already.
    /// Null when one of them does not say so plainly.
    /// </summary>
    public IReadOnlyList<(string Kind, string Id)>? Names()
    {
        var names = new List<(string Kind, string Id)>();
        foreach (var (_, file) in files)
        {
            if (Beginning().Match(file.Text) is not { Success: true } begins)
            {
                return null;
            }

            names.Add((begins.Groups["kind"].Value, begins.Groups["id"].Value));
        }

        return names;
    }

    // A desk works the types of the plugins that are there; one that is missing must not leave the desk out.
    private static IReadOnlyList<(string Source, ConfigurationDocument Document)> OnlyKnownTypes(
        IReadOnlyList<(string Source, ConfigurationDocument Document)> all
    )
    {
        var known = all.Select(entry => entry.Document)
            .OfType<TicketTypeDocument>()
            .Select(type => type.Id)
            .ToHashSet();
        return
        [
            .. all.Select(entry =>
                entry.Document is DeskDocument desk
                    ? (entry.Source, desk with { Types = desk.Types.Where(known.Contains).ToValueList() })
                    : entry
            ),
        ];
    }

    private static IEnumerable<ConfigurationFile> ProductFiles()
    {
        var assembly = typeof(ShippedDocuments).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new ConfigurationFile(name[ResourcePrefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }

    private static IEnumerable<ConfigurationFile> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new ConfigurationFile(
                Path.GetRelativePath(folder, path).Replace('\\', '/'),
                File.ReadAllText(path)
            ));

    private static IEnumerable<(string Source, ConfigurationDocument Document)> Read(
        string source,
        ConfigurationFile file,
        DocumentText text,
        ILogger log
    )
    {
        var reading = text.FromYaml(file.Text);
        foreach (var problem in reading.Problems)
        {
            log.ShippedLeftOut(source, file.Path, problem.Path, problem.Code, problem.Arguments.ToString());
        }

        return reading.Document is { } document ? [(source, document)] : [];
    }

    // Only as the first two lines they cannot be words of a text.
    [GeneratedRegex(
        """\A(\uFEFF|\#[^\n]*\n|---\r?\n|\r?\n)*kind: *(?<kind>[a-z-]+) *\r?\nid: *(?<quote>["']?)(?<id>[\w.-]+)\k<quote> *\r?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Beginning();
}
