using System.Text.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration;

/// <summary>Which documents of a configuration name a field: in lists of fields, in values that are set, and in queries.</summary>
public sealed class FieldUses
{
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "fields",
        "field",
        "agentFields",
        "requiredFields",
        "screen",
        "skillField",
        "shows",
    };

    // There the name of an own field has a prefix.
    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal) { "columns", "group", "groupBy" };

    private static readonly HashSet<string> Queries = new(StringComparer.Ordinal) { "query", "if", "condition" };

    private static readonly HashSet<string> Values = new(StringComparer.Ordinal) { "fields", "presets" };

    private readonly List<(ConfigurationDocument Document, HashSet<string> Words)> documents;

    /// <summary>Reads the configuration once, for any number of questions.</summary>
    public FieldUses(ConfigurationSnapshot snapshot, DocumentText text) =>
        documents = [
            .. snapshot
                .Documents.Where(entry => entry.Document is not FieldDocument and not ScriptDocument)
                .Select(entry => (entry.Document, WordsOf(text.ToJson(entry.Document)))),
        ];

    /// <summary>The documents that name the field, in the order of their kinds.</summary>
    public IReadOnlyList<ConfigurationDocument> Of(string field) =>
        [.. documents.Where(entry => entry.Words.Contains(field)).Select(entry => entry.Document)];

    private static HashSet<string> WordsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        var words = new HashSet<string>(StringComparer.Ordinal);
        Collect(document.RootElement, property: "", words);
        return words;
    }

    private static void Collect(JsonElement element, string property, HashSet<string> words)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var entry in element.EnumerateObject())
                {
                    if (Values.Contains(property))
                    {
                        words.Add(entry.Name);
                    }

                    Collect(entry.Value, entry.Name, words);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, property, words);
                }

                break;
            case JsonValueKind.String when Shown.Contains(property):
                if (ListChoices.FieldOf(element.GetString()!) is { } shown)
                {
                    words.Add(shown);
                }

                break;
            case JsonValueKind.String when Lists.Contains(property):
                words.Add(element.GetString()!);
                break;
            case JsonValueKind.String when Queries.Contains(property):
                words.UnionWith(WordsIn(element.GetString()!));
                break;
            default:
                break;
        }
    }

    // An id in a query stands between characters that no id has; one in quotes is found too, which rather says too much than too little.
    private static IEnumerable<string> WordsIn(string query)
    {
        var start = 0;
        for (var at = 0; at <= query.Length; at++)
        {
            if (at < query.Length && (char.IsAsciiLetterOrDigit(query[at]) || query[at] == '-'))
            {
                continue;
            }

            if (at > start)
            {
                yield return query[start..at];
            }

            start = at + 1;
        }
    }
}
