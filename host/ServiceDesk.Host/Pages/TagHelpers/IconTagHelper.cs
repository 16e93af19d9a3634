using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Pages.Assets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary>
/// <c>&lt;icon name="headset" /&gt;</c>: a Tabler icon from the sprite. Decoration unless <c>label</c> names it. A name that the
/// sprite lacks shows <see cref="Fallback"/>, since configuration may name any.
/// </summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(FrontEndAssets assets) : TagHelper
{
    /// <summary>Shown for a name that is not in the sprite.</summary>
    public const string Fallback = "ticket";

    /// <summary>The icon's name.</summary>
    public string Name { get; set; } = Fallback;

    /// <summary><c>s</c>, <c>m</c> or <c>l</c>.</summary>
    public string Size { get; set; } = "m";

    /// <summary>What it means, where it stands alone.</summary>
    public string? Label { get; set; }

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var own = output.Attributes["class"]?.Value?.ToString();
        var size = Size == "m" ? "" : $" icon-{Size}";
        output.Attributes.SetAttribute("class", $"icon{size}{(own is null ? "" : " " + own)}");
        if (string.IsNullOrEmpty(Label))
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        var name = assets.HasIcon(Name) ? Name : Fallback;
        var use = new TagBuilder("use");
        use.Attributes["href"] = $"{View.HttpContext.Request.PathBase}{assets.Sprite}#{name}";
        output.Content.SetHtmlContent(use);
    }
}
