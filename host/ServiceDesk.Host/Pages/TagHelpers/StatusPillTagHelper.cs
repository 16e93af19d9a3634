using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;status-pill name="In progress" category="Active" /&gt;</c>: a status; its category has a colour and a shape of its own.</summary>
[HtmlTargetElement("status-pill", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusPillTagHelper : TagHelper
{
    /// <summary>The status's name for the reader.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it means.</summary>
    public StatusCategory Category { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (tone, shape) = Category switch
        {
            StatusCategory.New => ("blue", "new"),
            StatusCategory.Active => ("violet", "active"),
            StatusCategory.Waiting => ("amber", "waiting"),
            _ => ("green", "done"),
        };
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"pill pill-{shape} tone-{tone}");
        output.Content.SetContent(Name);
    }
}
