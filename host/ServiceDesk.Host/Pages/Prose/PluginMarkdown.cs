using Microsoft.AspNetCore.Html;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Prose;

/// <summary>Markdown of plugins, through the same allow-list as everything else.</summary>
public sealed class PluginMarkdown : IMarkdown
{
    public IHtmlContent Render(string markdown) => ProseRenderer.Render(markdown, ProseImages.None);
}
