using Microsoft.AspNetCore.Html;

namespace ServiceDesk.Sdk.Pages;

/// <summary>Shows Markdown as descriptions and comments are shown.</summary>
public interface IMarkdown
{
    /// <summary>Harmless HTML of a text: only known elements, no scripts, no images from elsewhere. Never throws.</summary>
    /// <param name="markdown">As typed.</param>
    IHtmlContent Render(string markdown);
}
