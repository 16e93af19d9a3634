using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Texts;

/// <summary>Every sentence of the host and its plugins, by language and key. Read once; lookups are in memory.</summary>
public sealed class TextCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> sentences;

    /// <summary>Reads the sources; of two with the same key the first source keeps it, so that no plugin overrides the host.</summary>
    public TextCatalogue(IEnumerable<TextSource> sources)
    {
        var all = TextSource.OfHost().Concat(sources).ToList();
        sentences = Languages.All.ToFrozenDictionary(language => language, language => Read(all, language));
    }

    /// <summary>The keys that a language has.</summary>
    public IReadOnlyCollection<string> Keys(string language) => sentences[language].Keys;

    /// <summary>The sentence in a language, in English when that language lacks it, or null.</summary>
    public string? Find(string language, string key) =>
        sentences.TryGetValue(language, out var own) && own.TryGetValue(key, out var sentence) ? sentence
        : sentences[Languages.All[0]].TryGetValue(key, out var fallback) ? fallback
        : null;

    /// <summary>The sentence in each language, with its places filled.</summary>
    /// <param name="key">The sentence.</param>
    /// <param name="arguments">What fills the places in a language.</param>
    public LocalizedText Say(string key, Func<string, string[]> arguments) =>
        new(
            ValueMap<string>.From(
                Languages.All.Select(language =>
                    KeyValuePair.Create(language, Sentence.Fill(Find(language, key) ?? key, arguments(language)))
                )
            )
        );

    private static FrozenDictionary<string, string> Read(IReadOnlyList<TextSource> sources, string language)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var culture =
            language == Languages.All[0] ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        foreach (var source in sources)
        {
            var resources = new ResourceManager(source.BaseName, source.Assembly);
            var set = resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
            foreach (DictionaryEntry entry in set ?? Enumerable.Empty<DictionaryEntry>() as IEnumerable)
            {
                found.TryAdd((string)entry.Key, entry.Value as string ?? string.Empty);
            }
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
