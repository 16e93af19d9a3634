using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Microsoft.AspNetCore.Html;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Prose;

/// <summary>
/// Turns what people write into HTML. Raw HTML is text; whatever the Markdown library makes passes an allow-list each time it
/// is shown, so that an old text is as safe as a new one.
/// </summary>
public static class ProseRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoLinks()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    private static readonly HashSet<string> Elements =
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "input",
    ];

    /// <summary>Renders Markdown. Never throws; a text that nests too deeply is shown as it was written.</summary>
    /// <param name="markdown">As typed.</param>
    /// <param name="images">Which attachments it may show as images, and where they are served.</param>
    public static IHtmlContent Render(string markdown, ProseImages images)
    {
        string html;
        try
        {
            html = Markdown.ToHtml(markdown.ReplaceLineEndings("\n"), Pipeline);
        }
        catch (ArgumentException)
        {
            return new HtmlContentBuilder().AppendHtml("<pre>").Append(markdown).AppendHtml("</pre>");
        }

        return new HtmlString(Clean(html, images));
    }

    /// <summary>Lets through what the allow-list knows; unknown elements leave their text behind.</summary>
    public static string Clean(string html, ProseImages images)
    {
        using var document = new HtmlParser().ParseDocument("<!doctype html><body></body>");
        var body = document.Body!;
        body.InnerHtml = html;
        foreach (var element in body.QuerySelectorAll("*").ToList())
        {
            Check(element, images);
        }

        foreach (var comment in body.Descendants<IComment>().ToList())
        {
            comment.Remove();
        }

        return body.InnerHtml;
    }

    private static void Check(IElement element, ProseImages images)
    {
        if (element.NamespaceUri != NamespaceNames.HtmlUri || !Elements.Contains(element.LocalName))
        {
            Unwrap(element);
            return;
        }

        var (href, source, text) = (
            element.GetAttribute("href"),
            element.GetAttribute("src"),
            element.GetAttribute("alt")
        );
        var (type, isChecked, start) = (
            element.GetAttribute("type"),
            element.HasAttribute("checked"),
            element.GetAttribute("start")
        );
        foreach (var attribute in element.Attributes.Select(attribute => attribute.Name).ToList())
        {
            element.RemoveAttribute(attribute);
        }

        switch (element.LocalName)
        {
            case "a":
                CheckLink(element, href);
                break;
            case "img":
                CheckImage(element, source, text, images);
                break;
            case "input":
                CheckBox(element, type, isChecked);
                break;
            case "ol" when start is { Length: > 0 and < 10 } && start.All(char.IsAsciiDigit):
                element.SetAttribute("start", start);
                break;
            default:
                break;
        }
    }

    private static void CheckLink(IElement link, string? href)
    {
        if (MentionedPeople.PersonIn(href) is not null)
        {
            var mention = link.Owner!.CreateElement("span");
            mention.SetAttribute("class", "mention");
            mention.Append([.. link.ChildNodes]);
            link.Replace(mention);
            return;
        }

        if (!ProseLinks.IsSafe(href))
        {
            Unwrap(link);
            return;
        }

        link.SetAttribute("href", href);
        link.SetAttribute("rel", "noopener noreferrer nofollow");
    }

    private static void CheckImage(IElement image, string? source, string? text, ProseImages images)
    {
        if (images.AddressOf(source) is { } address)
        {
            image.SetAttribute("src", address);
            image.SetAttribute("alt", text ?? string.Empty);
            image.SetAttribute("loading", "lazy");
            return;
        }

        // A picture from elsewhere would tell its host who reads: it becomes a link.
        var document = image.Owner!;
        var words = string.IsNullOrWhiteSpace(text) ? source ?? string.Empty : text;
        if (!ProseLinks.IsSafe(source))
        {
            image.Replace(document.CreateTextNode(words));
            return;
        }

        var link = document.CreateElement("a");
        link.TextContent = words;
        CheckLink(link, source);
        image.Replace(link);
    }

    private static void CheckBox(IElement box, string? type, bool isChecked)
    {
        if (type != "checkbox")
        {
            box.Remove();
            return;
        }

        box.SetAttribute("type", "checkbox");
        box.SetAttribute("disabled", "");
        box.SetAttribute("aria-label", box.ParentElement?.TextContent.Trim() ?? string.Empty);
        if (isChecked)
        {
            box.SetAttribute("checked", "");
        }
    }

    private static void Unwrap(IElement element)
    {
        if (element.LocalName is "script" or "style" or "template" or "iframe" or "noscript" or "svg" or "math")
        {
            element.Replace(element.Owner!.CreateTextNode(element.TextContent));
        }
        else
        {
            element.Replace([.. element.ChildNodes]);
        }
    }
}

/// <summary>Which images a text may show: attachments of its own ticket, written <c>attachment:12</c>.</summary>
/// <param name="Prefix">Where the ticket's files are served, ending in a slash.</param>
/// <param name="Files">The files that the reader may see and that are safe to show inside a page.</param>
public sealed record ProseImages(string Prefix, IReadOnlyCollection<AttachedFile> Files)
{
    private const string Scheme = "attachment:";

    /// <summary>No images at all.</summary>
    public static ProseImages None { get; } = new("", []);

    /// <summary>The address of an image, or null when it is none of the ticket's.</summary>
    public string? AddressOf(string? source) =>
        source is not null
        && source.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(source.AsSpan(Scheme.Length), System.Globalization.CultureInfo.InvariantCulture, out var id)
        && Files.Any(file => file.Id == id)
            ? $"{Prefix}{id.ToString(System.Globalization.CultureInfo.InvariantCulture)}?inline"
            : null;
}

/// <summary>Which addresses a link may have.</summary>
public static class ProseLinks
{
    /// <summary>Whether it is an absolute http, https, mailto or tel address, or a path of this server.</summary>
    public static bool IsSafe(string? address)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Any(char.IsControl))
        {
            return false;
        }

        if (address[0] is '/' or '#')
        {
            return !address.StartsWith("//", StringComparison.Ordinal)
                && !address.Contains('\\', StringComparison.Ordinal);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme is "http" or "https" or "mailto" or "tel");
    }
}
