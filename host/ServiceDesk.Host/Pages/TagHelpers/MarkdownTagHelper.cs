using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Pages.Prose;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;markdown text="…" /&gt;</c>: what somebody wrote, rendered and made safe. Scripts of the page ignore it.</summary>
[HtmlTargetElement("markdown", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkdownTagHelper : TagHelper
{
    /// <summary>Markdown as typed.</summary>
    public string Text { get; set; } = "";

    /// <summary>The images that it may show.</summary>
    public ProseImages Images { get; set; } = ProseImages.None;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "prose");
        output.Attributes.SetAttribute("hx-ignore", "");
        output.Content.SetHtmlContent(ProseRenderer.Render(Text, Images));
    }
}
