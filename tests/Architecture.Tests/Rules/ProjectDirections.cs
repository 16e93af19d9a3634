using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Architecture.Tests.Rules;

/// <summary>Which project may reference which, read from the project files.</summary>
public static class ProjectDirections
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["sdk/ServiceDesk.Sdk"] = [],
        ["sdk/ServiceDesk.Sdk.Data"] = ["sdk/ServiceDesk.Sdk"],
        ["host/ServiceDesk.Core"] = ["sdk/ServiceDesk.Sdk"],
        ["host/ServiceDesk.Storage"] = ["host/ServiceDesk.Core", "sdk/ServiceDesk.Sdk", "sdk/ServiceDesk.Sdk.Data"],
        ["host/ServiceDesk.Host"] =
        [
            "host/ServiceDesk.Storage",
            "host/ServiceDesk.Core",
            "sdk/ServiceDesk.Sdk",
            "sdk/ServiceDesk.Sdk.Data",
        ],
        // The server that tests run in memory is the real one: docs/decisions tells why.
        ["sdk/ServiceDesk.Sdk.Testing"] = ["sdk/ServiceDesk.Sdk", "sdk/ServiceDesk.Sdk.Data", "host/ServiceDesk.Host"],
    };

    private static readonly string[] ForPlugins = ["sdk/ServiceDesk.Sdk", "sdk/ServiceDesk.Sdk.Data"];

    /// <summary>Packages that would let a vendor, an engine or a cluster into the SDK's surface.</summary>
    private static readonly string[] NotInTheSdk =
    [
        "EntityFrameworkCore",
        "Jint",
        "Orleans",
        "Npgsql",
        "Sqlite",
        "SqlClient",
    ];

    /// <param name="projects">The project files.</param>
    /// <param name="manifests">The <c>plugin.json</c> of plugins: one may see another that it says it depends on.</param>
    public static IEnumerable<string> Violations(
        IEnumerable<SourceFile> projects,
        IReadOnlyCollection<SourceFile> manifests
    )
    {
        foreach (var project in projects.Where(p => !p.Path.StartsWith("tests/", StringComparison.Ordinal)))
        {
            var folder = Path.GetDirectoryName(project.Path)!.Replace('\\', '/');
            var isTemplate = folder.StartsWith("sdk/template/", StringComparison.Ordinal);
            var isPlugin = folder.StartsWith("plugins/", StringComparison.Ordinal);
            var xml = XDocument.Parse(project.Text);
            foreach (var target in isTemplate ? [] : References(xml, folder))
            {
                var allowed = isPlugin ? ForPlugins : Allowed.GetValueOrDefault(folder, []);
                if (!allowed.Contains(target) && !(isPlugin && DependsOn(folder, target, manifests)))
                {
                    yield return $"{project.Path} references {target}";
                }
            }

            if (folder == "sdk/ServiceDesk.Sdk")
            {
                foreach (var package in Packages(xml).Where(p => NotInTheSdk.Any(p.Contains)))
                {
                    yield return $"{project.Path} has the package {package}";
                }
            }
        }
    }

    private static bool DependsOn(string folder, string target, IReadOnlyCollection<SourceFile> manifests) =>
        ManifestOf(folder, manifests) is { } own
        && ManifestOf(target, manifests) is { } other
        && own["dependencies"] is JsonObject dependencies
        && dependencies.ContainsKey((string)other["id"]!);

    private static JsonNode? ManifestOf(string folder, IReadOnlyCollection<SourceFile> manifests) =>
        manifests.FirstOrDefault(manifest => manifest.Path == $"{folder}/plugin.json") is { } found
            ? JsonNode.Parse(found.Text)
            : null;

    private static IEnumerable<string> References(XDocument project, string folder) =>
        project
            .Descendants("ProjectReference")
            .Select(r => (string?)r.Attribute("Include") ?? "")
            .Where(r => r.Length > 0)
            .Select(r => r.Replace("$(RepositoryRoot)", "/", StringComparison.Ordinal).Replace('\\', '/'))
            .Select(r => r.StartsWith('/') ? r : $"/{folder}/{r}")
            .Select(r => Path.GetDirectoryName(Path.GetFullPath(r, "/"))!.TrimStart('/').Replace('\\', '/'));

    private static IEnumerable<string> Packages(XDocument project) =>
        project.Descendants("PackageReference").Select(r => (string?)r.Attribute("Include") ?? "");
}
