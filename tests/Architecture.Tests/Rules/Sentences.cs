using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Architecture.Tests.Rules;

/// <summary>Every sentence stands in English and Korean, with the same places, and every key that is used exists.</summary>
public static partial class Sentences
{
    /// <summary>Keys that stand in one language only, are empty, or have other places in the other language.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<SourceFile> resources)
    {
        var byPath = resources.ToDictionary(f => f.Path, Read, StringComparer.Ordinal);
        foreach (var korean in byPath.Keys.Where(p => p.EndsWith(".ko.resx", StringComparison.Ordinal)))
        {
            if (!byPath.ContainsKey(korean[..^".ko.resx".Length] + ".resx"))
            {
                yield return $"{korean} has no English twin";
            }
        }

        foreach (var (path, english) in byPath.Where(p => !p.Key.EndsWith(".ko.resx", StringComparison.Ordinal)))
        {
            if (!byPath.TryGetValue(path[..^".resx".Length] + ".ko.resx", out var korean))
            {
                yield return $"{path} has no Korean twin";
                continue;
            }

            foreach (var key in english.Keys.Union(korean.Keys).Order())
            {
                if (Problem(english.GetValueOrDefault(key), korean.GetValueOrDefault(key)) is { } problem)
                {
                    yield return $"{path}: {key} {problem}";
                }
            }
        }
    }

    /// <summary>Keys that code and pages name, which no resource has.</summary>
    public static IEnumerable<string> Missing(IEnumerable<SourceFile> code, IEnumerable<SourceFile> resources)
    {
        var known = resources.SelectMany(r => Read(r).Keys).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. (
                from file in code
                from match in UsedKey().Matches(file.Text)
                let key = match.Groups["key"].Value
                where !known.Contains(key)
                select $"{file.Path}: {key}"
            ).Distinct(),
        ];
    }

    private static string? Problem(string? english, string? korean) =>
        english is null ? "is missing in English"
        : korean is null ? "is missing in Korean"
        : string.IsNullOrWhiteSpace(english) || string.IsNullOrWhiteSpace(korean) ? "is empty"
        : IsOnePlace(english) && IsOnePlace(korean) ? null
        : !Places(english).SequenceEqual(Places(korean)) ? "has other places in Korean"
        : null;

    private static IEnumerable<string> Places(string sentence) =>
        Place().Matches(sentence).Select(m => m.Groups["place"].Value).Distinct().Order();

    // Somebody else's sentence, given in both languages, of which each takes its own.
    private static bool IsOnePlace(string sentence) => sentence is ['{', >= '0' and <= '9', '}'];

    private static Dictionary<string, string> Read(SourceFile file) =>
        XDocument
            .Parse(file.Text)
            .Root!.Elements("data")
            .ToDictionary(d => (string)d.Attribute("name")!, d => (string?)d.Element("value") ?? "");

    [GeneratedRegex(@"\{(?<place>\d+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"[Tt]exts(?:\[|\.Format\(|\.Get\()\s*""(?<key>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex UsedKey();
}
