using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>The JSON schema of each kind of document: what an editor shows, what a written document is held against, in which order its keys stand and which values go without saying.</summary>
public sealed class DocumentSchemas
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly FrozenDictionary<string, Entry> entries;

    private DocumentSchemas(FrozenDictionary<string, Entry> entries) => this.entries = entries;

    /// <summary>Reads the schemas that come with the product.</summary>
    public static async Task<DocumentSchemas> LoadAsync()
    {
        var loaded = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var kind in DocumentKinds.All)
        {
            var schema = Resource($"{kind}.json");
            var own = schema["definitions"] as JsonObject ?? [];
            var definitions = Resource("definitions.json");
            foreach (var (name, definition) in own)
            {
                definitions[name] = definition?.DeepClone();
            }

            schema["definitions"] = definitions;
            var validator = await JsonSchema.FromJsonAsync(schema.ToJsonString());
            loaded[kind] = new Entry(new SchemaShape(schema), validator, schema.ToJsonString(Indented));
        }

        return new DocumentSchemas(loaded.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The schema of a kind as JSON text, complete with its definitions.</summary>
    public string Text(string kind) => entries[kind].Text;

    /// <summary>The order and defaults of a kind.</summary>
    internal SchemaShape Shape(string kind) => entries[kind].Shape;

    /// <summary>Where a document does not fit the schema of its kind; empty when it fits.</summary>
    internal IReadOnlyList<DocumentProblem> Check(string kind, JsonObject document) =>
        [.. entries[kind].Validator.Validate(document.ToJsonString()).SelectMany(Problems).Distinct()];

    private static JsonObject Resource(string name)
    {
        using var stream =
            typeof(DocumentSchemas).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The schema {name} is not embedded.");
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static IEnumerable<DocumentProblem> Problems(ValidationError error)
    {
        if (error is ChildSchemaValidationError nested)
        {
            return nested.Errors.Values.SelectMany(errors => errors).SelectMany(Problems);
        }

        var path = JsonPointer.FromSchemaPath(error.Path);
        var name = error.Property ?? path[(path.LastIndexOf('/') + 1)..];
        return [SchemaSentences.Sentence(error, path, name)];
    }

    private sealed record Entry(SchemaShape Shape, JsonSchema Validator, string Text);
}
