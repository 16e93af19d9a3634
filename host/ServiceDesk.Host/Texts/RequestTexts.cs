using System.Globalization;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Texts;

/// <summary>Sentences in the language of the current request.</summary>
public sealed class RequestTexts(TextCatalogue catalogue) : ITexts
{
    /// <inheritdoc/>
    public string this[string key] => catalogue.Find(Language, key) ?? $"[{key}]";

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <inheritdoc/>
    public string Format(string key, params ReadOnlySpan<string> arguments) => Sentence.Fill(this[key], arguments);
}
