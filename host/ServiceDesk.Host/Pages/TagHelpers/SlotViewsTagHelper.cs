using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Pages.Slots;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;slot-views name="…" model="…" /&gt;</c>: what plugins show at a place. Each view stands alone: one that throws shows nothing, is logged and counted, and the page lives.</summary>
[HtmlTargetElement("slot-views", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SlotViewsTagHelper(SlotRenderer renderer) : TagHelper
{
    /// <summary>The place; one of <see cref="Sdk.Pages.Slots"/>.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the views get.</summary>
    public object? Model { get; set; }

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        IHtmlContent content = await renderer.RenderAsync(Name, Model, View);
        output.Content.SetHtmlContent(content);
    }
}
