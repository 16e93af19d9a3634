using System.Text.Json.Nodes;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Names;

/// <summary>
/// Finds the documents of a configuration that name a team or a person, and gives them the new name: in lists of teams and
/// people, in actions, in conditions of promises and in queries. What a script says in its own words nobody can rewrite.
/// </summary>
public sealed class NameChanges(DocumentText text, QueryLanguage language)
{
    // What plugins and forms keep is theirs, and a script of a transition is an id.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "with",
        "presets",
        "scripts",
        "fields",
    };

    private static readonly HashSet<string> Queries = new(StringComparer.Ordinal) { "query", "if", "condition" };

    /// <summary>The documents that name it, in the order of their kinds, as they are and as they would be.</summary>
    public IReadOnlyList<RenamedDocument> In(ConfigurationSnapshot snapshot, NameChange change)
    {
        var catalog = language.Catalog(snapshot);
        var found = new List<RenamedDocument>();
        foreach (var document in snapshot.Documents.Select(entry => entry.Document))
        {
            if (document is PluginSettingsDocument)
            {
                continue;
            }

            var kind = DocumentTypes.KindOf(document);
            if (Rewritten(kind, text.ToJson(document), change, catalog) is var (json, places))
            {
                found.Add(new(document, text.FromJson(kind, json).Document, places));
            }
        }

        return found;
    }

    /// <summary>A document of a kind that somebody keeps for oneself, as it is stored, with the new name; as it is where it would be wrong with it.</summary>
    public string InOwn(string kind, string json, NameChange change, ConfigurationSnapshot snapshot) =>
        Rewritten(kind, json, change, language.Catalog(snapshot)) is var (renamed, _)
        && text.FromJson(kind, renamed).Document is { } document
            ? text.ToJson(document)
            : json;

    private static (string Json, IReadOnlyList<string> Places)? Rewritten(
        string kind,
        string json,
        NameChange change,
        QueryCatalog catalog
    )
    {
        var tree = JsonNode.Parse(json)!.AsObject();
        var rewriting = new Rewriting(kind, change, catalog);
        rewriting.Object(tree, "");
        return rewriting.Places.Count > 0 ? (tree.ToJsonString(), rewriting.Places) : null;
    }

    /// <summary>A query that is kept outside of the documents, with the new name.</summary>
    public string InQuery(string query, NameChange change, ConfigurationSnapshot snapshot) =>
        NamesInQueries.Renamed(query, change, language.Catalog(snapshot));

    /// <summary>The scripts in whose source the name stands in quotes: whether it is meant, only people can say.</summary>
    public static IReadOnlyList<ScriptDocument> Scripts(ConfigurationSnapshot snapshot, NameChange change) =>
        [
            .. snapshot
                .All<ScriptDocument>()
                .Where(script =>
                    change.From.Length > 0
                    && new[] { '\'', '"', '`' }.Any(quote =>
                        script.Source.Contains($"{quote}{change.From}{quote}", StringComparison.OrdinalIgnoreCase)
                    )
                ),
        ];

    private sealed class Rewriting(string kind, NameChange change, QueryCatalog catalog)
    {
        public List<string> Places { get; } = [];

        private bool IsTeam => change.Thing == NamedThing.Team;

        public void Object(JsonObject node, string path)
        {
            foreach (var (name, value) in node.ToList())
            {
                var place = $"{path}/{name}";
                switch (value)
                {
                    case JsonObject numbers when kind == DocumentKinds.Assignment && name == "capacities":
                        Keys(numbers, place);
                        break;
                    case JsonObject inner when !Foreign.Contains(name):
                        Object(inner, place);
                        break;
                    case JsonArray list when !Foreign.Contains(name):
                        List(list, name, place);
                        break;
                    case JsonValue single when single.TryGetValue<string>(out var old):
                        if (Single(node, name, old) is { } renamed && renamed != old)
                        {
                            node[name] = renamed;
                            Places.Add(place);
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        private void List(JsonArray list, string name, string path)
        {
            for (var at = 0; at < list.Count; at++)
            {
                var place = $"{path}/{at}";
                switch (list[at])
                {
                    case JsonObject inner:
                        Object(inner, place);
                        break;
                    case JsonValue value
                        when value.TryGetValue<string>(out var old) && Item(name, old) is { } renamed && renamed != old:
                        list[at] = renamed;
                        Places.Add(place);
                        break;
                    default:
                        break;
                }
            }

            // Two names for the same are one.
            if (Places.Exists(place => place.StartsWith($"{path}/", StringComparison.Ordinal)))
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                list.RemoveAll(item =>
                    item is JsonValue value && value.TryGetValue<string>(out var word) && !seen.Add(word)
                );
            }
        }

        private void Keys(JsonObject numbers, string path)
        {
            foreach (var (address, number) in numbers.ToList())
            {
                if (!IsTeam && IsAddress(address))
                {
                    numbers.Remove(address);
                    numbers[change.To] = number?.DeepClone();
                    Places.Add($"{path}/{address}");
                }
            }
        }

        // Null where such a value names nobody.
        private string? Single(JsonObject around, string name, string old) =>
            Queries.Contains(name)
                ? NamesInQueries.Renamed(old, change, catalog)
                : (name, IsTeam) switch
                {
                    ("team", true) => IsName(old) ? change.To : null,
                    // Of a field or an approval it would be an id.
                    ("of", true) => SlaHappenings.Takes((string?)around["on"] ?? "") == HappeningOf.Team
                    && Folding.Fold(old) == Folding.Fold(change.From)
                        ? change.To
                        : null,
                    ("assignee" or "actor" or "owner" or "person", false) => IsAddress(old) ? change.To : null,
                    _ => null,
                };

        private string? Item(string name, string old) =>
            (name, IsTeam) switch
            {
                ("teams" or "leads", true) => IsName(old) ? change.To : null,
                ("people", true) => PeopleWords.TeamIn(old) is { } team && IsName(team)
                    ? PeopleWords.OfTeam(change.To)
                    : null,
                ("people", false) => IsAddress(old) ? change.To : null,
                _ => null,
            };

        private bool IsName(string name) => string.Equals(name, change.From, StringComparison.Ordinal);

        private bool IsAddress(string address) =>
            change.From.Length > 0 && string.Equals(address, change.From, StringComparison.OrdinalIgnoreCase);
    }
}
