using System.Globalization;
using System.Resources;
using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Cli;

/// <summary>Sentences of the command line, where no request and no services exist yet. The language is that of the environment.</summary>
public static class CliTexts
{
    private static readonly ResourceManager Texts = new("ServiceDesk.Host.Texts.Cli", typeof(CliTexts).Assembly);

    /// <summary>The sentence of a key with its places filled.</summary>
    public static string Get(string key, params ReadOnlySpan<string> arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? $"[{key}]";
        return Sentence.Fill(text, arguments);
    }
}
