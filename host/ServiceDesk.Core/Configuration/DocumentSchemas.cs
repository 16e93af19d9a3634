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

    // Reading one takes a while, and a start that finds everything in place asks for few.
    private readonly FrozenDictionary<string, Lazy<Entry>> entries = DocumentKinds.All.ToFrozenDictionary(
        kind => kind,
        kind => new Lazy<Entry>(() => Read(kind)),
        StringComparer.Ordinal
    );

    /// <summary>The schema of a kind as JSON text, complete with its definitions.</summary>
    public string Text(string kind) => entries[kind].Value.Text;

    /// <summary>The order and defaults of a kind.</summary>
    internal SchemaShape Shape(string kind) => entries[kind].Value.Shape;

    /// <summary>Where a document does not fit the schema of its kind; empty when it fits.</summary>
    internal IReadOnlyList<DocumentProblem> Check(string kind, JsonObject document) =>
        [.. entries[kind].Value.Validator.Value.Validate(document.ToJsonString()).SelectMany(Problems).Distinct()];

    private static Entry Read(string kind)
    {
        var schema = Resource($"{kind}.json");
        var own = schema["definitions"] as JsonObject ?? [];
        var definitions = Resource("definitions.json");
        foreach (var (name, definition) in own)
        {
            definitions[name] = definition?.DeepClone();
        }

        schema["definitions"] = definitions;
        var text = schema.ToJsonString(Indented);
        // The schemas are embedded and name no others, so this ends without waiting for anything.
        return new Entry(
            new SchemaShape(schema),
            new Lazy<JsonSchema>(() => JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult()),
            text
        );
    }

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

    private sealed record Entry(SchemaShape Shape, Lazy<JsonSchema> Validator, string Text);
}
