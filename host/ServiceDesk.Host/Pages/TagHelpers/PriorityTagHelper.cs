using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;priority-mark value="High" /&gt;</c>: a priority with its own icon and its word.</summary>
[HtmlTargetElement("priority-mark", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PriorityTagHelper(FrontEndAssets assets, ITexts texts) : TagHelper
{
    /// <summary>The priority.</summary>
    public Priority Value { get; set; }

    /// <summary>Whether only the icon shows; its word is its label then.</summary>
    public bool IconOnly { get; set; }

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (tone, icon, id) = Value switch
        {
            Priority.Critical => ("red", "alert-octagon", "critical"),
            Priority.High => ("orange", "arrow-narrow-up", "high"),
            Priority.Medium => ("gray", "equal", "medium"),
            _ => ("blue", "arrow-narrow-down", "low"),
        };
        var word = texts[$"common.priority-{id}"];
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"priority tone-{tone}");
        output.Content.SetHtmlContent(IconMarkup.Make(View, assets, icon, "s", IconOnly ? word : null));
        if (IconOnly)
        {
            output.Attributes.SetAttribute("title", word);
        }
        else
        {
            output.Content.Append(word);
        }
    }
}
