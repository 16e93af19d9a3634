using System.Text.RegularExpressions;

namespace ServiceDesk.Sdk.Tests.Template;

/// <summary>A plugin whose author did what the guide for plugin authors says: its snippets, and nothing else.</summary>
public sealed partial class GuidedPlugin : StrangersPlugin
{
    private const string EndOfTexts = "</root>";

    /// <summary>What the guide shows of files that the template made: they must say the same.</summary>
    public IReadOnlyList<(string File, string Text)> Shown { get; private set; } = [];

    /// <summary>What a file of the plugin says.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(Solution, file)).ReplaceLineEndings("\n");

    protected override async Task AdjustAsync()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Tree, "docs", "plugin-authors.md"));
        var snippets = Snippets()
            .Matches(guide.ReplaceLineEndings("\n"))
            .Select(match =>
                (Way: match.Groups["way"].Value, File: match.Groups["file"].Value, Text: match.Groups["text"].Value)
            )
            .ToList();
        Shown = [.. snippets.Where(snippet => snippet.Way == "shown").Select(snippet => (snippet.File, snippet.Text))];
        foreach (var (way, file, text) in snippets.Where(snippet => snippet.Way != "shown"))
        {
            var written =
                way == "file" ? text : Read(file).Replace(EndOfTexts, text + EndOfTexts, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(Solution, file), written);
        }
    }

    // A snippet says behind its language what it is: the whole file, a part that is added to texts, or a part to be seen.
    [GeneratedRegex(
        "^```[a-z]+ (?<way>file|add|shown)=(?<file>\\S+)\\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Snippets();
}
