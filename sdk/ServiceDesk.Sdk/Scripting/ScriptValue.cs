using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ServiceDesk.Sdk.Scripting;

/// <summary>Values as scripts get them.</summary>
public static class ScriptValue
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>A value with names in camelCase and enumerations as lower-case words.</summary>
    public static JsonNode? Of<T>(T value) => JsonSerializer.SerializeToNode(value, Options);
}
