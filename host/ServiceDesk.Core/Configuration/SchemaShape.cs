using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceDesk.Core.Configuration;

/// <summary>Brings a document's JSON into its one canonical form, guided by its schema: keys in the schema's order, nothing that goes without saying, a text in English alone as a plain text.</summary>
internal sealed class SchemaShape(JsonObject root)
{
    /// <summary>The canonical form of a document.</summary>
    public JsonObject Canonical(JsonObject document) => Map(document, root);

    /// <summary>Paths of keys as the schema has them, <c>name</c>, <c>metrics/goals/target</c>, with the default where there is one.</summary>
    internal IEnumerable<(string Path, JsonNode? Default)> Keys() => Keys(root, "");

    private IEnumerable<(string Path, JsonNode? Default)> Keys(JsonObject schema, string prefix)
    {
        foreach (var (key, value) in Properties(schema))
        {
            var (property, fallback) = Resolve(value);
            yield return (prefix + key, fallback);
            foreach (var inner in Keys(Items(property) ?? property, $"{prefix}{key}/"))
            {
                yield return inner;
            }
        }
    }

    private JsonNode? Value(JsonNode? value, JsonObject? schema) =>
        value switch
        {
            JsonObject map when schema is not null => IsPlainText(map, schema)
                ? map["en"]!.DeepClone()
                : Map(map, schema),
            JsonArray list when schema is not null => new JsonArray([
                .. list.Select(item => Value(item, Items(schema))),
            ]),
            _ => value?.DeepClone(),
        };

    private JsonObject Map(JsonObject map, JsonObject schema)
    {
        var properties = Properties(schema);
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToList() ?? [];
        var canonical = new JsonObject();
        foreach (var (key, propertySchema) in properties)
        {
            var (resolved, fallback) = Resolve(propertySchema);
            var value = Value(map[key], resolved);
            if (value is not null && (required.Contains(key) || !GoesWithoutSaying(value, fallback)))
            {
                canonical[key] = value;
            }
        }

        foreach (var (key, value) in map.Where(entry => !properties.ContainsKey(entry.Key)))
        {
            canonical[key] = value?.DeepClone();
        }

        return canonical;
    }

    private static bool GoesWithoutSaying(JsonNode value, JsonNode? fallback) =>
        fallback is null
            ? value is JsonObject { Count: 0 } or JsonArray { Count: 0 }
            : JsonNode.DeepEquals(value, fallback);

    private static bool IsPlainText(JsonObject map, JsonObject schema) =>
        map.Count == 1 && map.ContainsKey("en") && schema["type"] is JsonArray;

    private static JsonObject Properties(JsonObject schema) => schema["properties"] as JsonObject ?? [];

    private JsonObject? Items(JsonObject schema) => schema["items"] is { } items ? Resolve(items).Schema : null;

    private (JsonObject Schema, JsonNode? Default) Resolve(JsonNode? schema)
    {
        var found = schema!.AsObject();
        var fallback = found["default"];
        while ((found["$ref"] ?? found["allOf"]?[0]?["$ref"]) is { } reference)
        {
            var name = reference.GetValue<string>()["#/definitions/".Length..];
            found = root["definitions"]![name]!.AsObject();
        }

        return (found, fallback);
    }
}
