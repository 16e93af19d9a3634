using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;marked text="hit.Summary" /&gt;</c>: a text in which what was looked for is marked. All of it is encoded.</summary>
[HtmlTargetElement("marked", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkedTagHelper : TagHelper
{
    /// <summary>The text.</summary>
    public MarkedText Text { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var at = 0;
        foreach (var mark in Text.Marks)
        {
            output.Content.Append(Text.Text[at..mark.Start]);
            at = mark.Start + mark.Length;
            output.Content.AppendHtml("<mark>").Append(Text.Text[mark.Start..at]).AppendHtml("</mark>");
        }

        output.Content.Append(Text.Text[at..]);
    }
}
