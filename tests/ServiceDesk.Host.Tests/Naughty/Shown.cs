using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>What a reader of a page sees in it.</summary>
internal sealed partial class Shown(string html)
{
    private readonly IDocument page = new HtmlParser().ParseDocument(html);

    /// <summary>Whether one of the chosen elements shows a text and nothing else; spaces and line breaks are alike to a reader.</summary>
    public bool Holds(string selector, string text) =>
        page.QuerySelectorAll(selector).Any(element => Line(element.TextContent) == Line(text));

    /// <summary>The first of the chosen elements as a line; null when there is none.</summary>
    public string? First(string selector) => page.QuerySelector(selector) is { } found ? Line(found.TextContent) : null;

    /// <summary>What stands in a field of a form; null when there is none.</summary>
    public string? Field(string name) =>
        page.QuerySelector($"[name='{name}']") switch
        {
            AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
            AngleSharp.Html.Dom.IHtmlInputElement input => input.Value,
            _ => null,
        };

    /// <summary>What stands in each of the chosen inputs.</summary>
    public IEnumerable<string> Fields(string selector) =>
        page.QuerySelectorAll(selector).Select(input => input.GetAttribute("value") ?? "");

    // A parser of HTML never makes these two out of what it reads.
    private static string Line(string text) =>
        Spaces().Replace(text.Replace("\0", "", StringComparison.Ordinal).Replace('\r', '\n'), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
