using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Notifications;

/// <summary>Sentences of the product in every language, for people who each read their own.</summary>
public sealed class NoticeWords(TextCatalogue texts)
{
    /// <summary>A sentence with its places filled, in every language.</summary>
    /// <param name="arguments">What fills them, by language.</param>
    public LocalizedText Say(string key, Func<string, string[]> arguments) =>
        new(
            ValueMap<string>.From(
                Languages.All.Select(language =>
                    KeyValuePair.Create(language, Sentence.Fill(texts.Find(language, key) ?? key, arguments(language)))
                )
            )
        );
}
