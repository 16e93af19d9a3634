using System.Runtime.CompilerServices;

namespace ServiceDesk.Host.Tests.Documentation;

/// <summary>A block of code in a page of the documentation.</summary>
/// <param name="Page">The page's file.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Part">For a part of a document, of which kind and where: <c>workflow</c>, <c>workflow/statuses</c>; null for a whole one.</param>
/// <param name="Text">The code.</param>
public sealed record DocumentationBlock(string Page, int Line, string Language, string? Part, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Page}:{Line}";
}

/// <summary>Reads the pages of <c>docs</c>.</summary>
internal static class DocumentationBlocks
{
    private const string Fence = "```";
    private const string Marker = "part=";

    /// <summary>The pages with their text.</summary>
    public static IEnumerable<(string Name, string Text)> Pages() =>
        Directory
            .EnumerateFiles(Folder(), "*.md")
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    /// <summary>All blocks of a language.</summary>
    public static IReadOnlyList<DocumentationBlock> Of(string language) =>
        [.. Pages().SelectMany(page => Of(page.Name, page.Text)).Where(block => block.Language == language)];

    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<DocumentationBlock> Of(string page, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var info = lines[at][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var begin = at + 1;
            at = Array.FindIndex(lines, begin, line => line.StartsWith(Fence, StringComparison.Ordinal));
            Assert.True(at > 0, $"{page}:{begin} has no end.");
            yield return new DocumentationBlock(
                page,
                begin,
                info.FirstOrDefault() ?? "",
                info.FirstOrDefault(word => word.StartsWith(Marker, StringComparison.Ordinal))?[Marker.Length..],
                string.Join('\n', lines[begin..at]) + "\n"
            );
        }
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "docs"));
}
