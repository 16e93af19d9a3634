using System.Globalization;

namespace ServiceDesk.Sdk.Values;

/// <summary>A sentence or name of configuration in several languages, keyed by two-letter language (<c>en</c>, <c>ko</c>).</summary>
/// <param name="Texts">At least one entry; values are plain text, never HTML.</param>
public sealed record LocalizedText(ValueMap<string> Texts)
{
    /// <summary>The same words in every language, for names that are not translated.</summary>
    public static LocalizedText Of(string text) => new(ValueMap<string>.Empty.SetItem("en", text));

    /// <summary>English and Korean words.</summary>
    public static LocalizedText Of(string english, string korean) =>
        new(ValueMap<string>.Empty.SetItem("en", english).SetItem("ko", korean));

    /// <summary>The text for <paramref name="language"/>; English, then any other, when it is missing. Empty when there are no texts.</summary>
    public string In(string language) =>
        Texts.Find(language) ?? Texts.Find("en") ?? Texts.Values.FirstOrDefault() ?? string.Empty;

    /// <summary>The text in the language of the current request (<see cref="CultureInfo.CurrentUICulture"/>).</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
}
