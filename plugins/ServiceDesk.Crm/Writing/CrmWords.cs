using System.Globalization;
using System.Resources;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>Sentences in both languages at once, for what is told to people who are not here.</summary>
public sealed class CrmWords
{
    private static readonly ResourceManager Sentences = new(typeof(Texts));
    private static readonly CultureInfo Korean = CultureInfo.GetCultureInfo("ko");

    /// <summary>The sentence in English and Korean; its places hold names and numbers.</summary>
    public LocalizedText InBoth(string key, params string[] arguments) =>
        LocalizedText.Of(
            Shown(Sentences.GetString(key, CultureInfo.InvariantCulture), arguments),
            Shown(Sentences.GetString(key, Korean), arguments)
        );

    // At most 500 characters fit into a notification.
    private static string Shown(string? sentence, string[] arguments)
    {
        var text = string.Format(CultureInfo.InvariantCulture, sentence ?? "", [.. arguments.Cast<object>()]);
        return text.Length > 500 ? text[..499] + "…" : text;
    }
}
