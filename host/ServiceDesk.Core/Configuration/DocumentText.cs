using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Configuration.Yaml;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>A text that was read as a document, or why it could not be.</summary>
/// <param name="Document">The document; null when there are problems.</param>
/// <param name="Kind">Its kind, once known.</param>
/// <param name="Lines">The line, from 1, of each value by JSON pointer; empty for JSON.</param>
/// <param name="Problems">What is wrong; empty when it was read.</param>
public sealed record DocumentReading(
    ConfigurationDocument? Document,
    string? Kind,
    IReadOnlyDictionary<string, int> Lines,
    ValueList<DocumentProblem> Problems
)
{
    /// <summary>The line of a problem: that of its place, or of the nearest place around it; null when nothing is known.</summary>
    public int? LineOf(DocumentProblem problem)
    {
        for (var path = problem.Path; ; path = path[..path.LastIndexOf('/')])
        {
            if (Lines.TryGetValue(path, out var line))
            {
                return line;
            }

            if (path.Length == 0)
            {
                return null;
            }
        }
    }
}

/// <summary>Documents as text: stored as JSON, edited, exported and compared as YAML. Both are canonical: the same document is always the same text.</summary>
public sealed class DocumentText(DocumentSchemas schemas)
{
    private static readonly Dictionary<string, int> NoLines = [];

    /// <summary>The schemas that texts are held against.</summary>
    public DocumentSchemas Schemas { get; } = schemas;

    /// <summary>The document as it is stored.</summary>
    public string ToJson(ConfigurationDocument document) => Canonical(document).ToJsonString(ServiceDeskJson.Stored);

    /// <summary>The document as people read and export it: its kind, then its keys in the schema's order.</summary>
    public string ToYaml(ConfigurationDocument document)
    {
        var root = new JsonObject { ["kind"] = DocumentTypes.KindOf(document) };
        foreach (var (key, value) in Canonical(document))
        {
            root[key] = value?.DeepClone();
        }

        return YamlWriter.Write(root);
    }

    /// <summary>Reads a stored document. Keys of newer or older versions of the product are passed over, so that history stays readable.</summary>
    /// <exception cref="JsonException">It is none of this kind.</exception>
    public static ConfigurationDocument FromStored(string kind, string json) =>
        DocumentTypes.Find(kind) is not { } type
            ? throw new JsonException($"There is no kind {kind}.")
            : JsonSerializer.Deserialize(json, type, ServiceDeskJson.Stored) as ConfigurationDocument
                ?? throw new JsonException("A document is an object.");

    /// <summary>Reads a document from YAML whose first key is its kind; refuses what the schema does not know.</summary>
    public DocumentReading FromYaml(string yaml)
    {
        var content = YamlReader.Read(yaml);
        if (content.Root is not { } root)
        {
            return new DocumentReading(null, null, content.Lines, content.Problems);
        }

        var kind = root["kind"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (kind is null || DocumentTypes.Find(kind) is null)
        {
            var code = kind is null ? "configuration.kind-missing" : "configuration.kind-unknown";
            return new DocumentReading(null, kind, content.Lines, [DocumentProblem.At("/kind", code, kind ?? "")]);
        }

        root.Remove("kind");
        return FromTree(kind, root, content.Lines);
    }

    /// <summary>Reads a document of a kind from JSON; refuses what the schema does not know.</summary>
    public DocumentReading FromJson(string kind, string json)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false };
            return JsonNode.Parse(json, documentOptions: options) is JsonObject root
                ? FromTree(kind, root, NoLines)
                : Unreadable(kind, "configuration.json-no-object");
        }
        catch (JsonException)
        {
            return Unreadable(kind, "configuration.json-syntax");
        }
    }

    private static DocumentReading Unreadable(string kind, string code) =>
        new(null, kind, NoLines, [DocumentProblem.At("", code)]);

    private DocumentReading FromTree(string kind, JsonObject root, IReadOnlyDictionary<string, int> lines)
    {
        var problems = Schemas.Check(kind, root).ToValueList();
        if (problems.Count > 0)
        {
            return new DocumentReading(null, kind, lines, problems);
        }

        try
        {
            return new DocumentReading(FromStored(kind, root.ToJsonString()), kind, lines, []);
        }
        catch (JsonException error)
        {
            var path = JsonPlaces.PointerOf(error);
            return new DocumentReading(null, kind, lines, [DocumentProblem.At(path, "configuration.schema-wrong")]);
        }
    }

    private JsonObject Canonical(ConfigurationDocument document)
    {
        var tree = JsonSerializer.SerializeToNode(document, document.GetType(), ServiceDeskJson.Stored)!.AsObject();
        return Schemas.Shape(DocumentTypes.KindOf(document)).Canonical(tree);
    }
}
