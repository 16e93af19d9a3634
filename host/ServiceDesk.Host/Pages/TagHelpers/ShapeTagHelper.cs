using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Pages.Assets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary>Where an editor's form is drawn anew, and which part of the page it is.</summary>
/// <param name="Url">The handler that draws it.</param>
/// <param name="Place">Its place in the page, as a selector.</param>
public sealed record ShapePlace(string Url, string Place);

/// <summary>
/// <c>&lt;shape-button at="…" op="up-place.2" icon="arrow-up" label="…" /&gt;</c>: a button that changes the shape of an
/// editor's form. What was typed goes along and comes back; without script the page is drawn anew.
/// </summary>
[HtmlTargetElement("shape-button")]
public sealed class ShapeTagHelper(FrontEndAssets assets) : TagHelper
{
    /// <summary>Where the form is drawn.</summary>
    public ShapePlace At { get; set; } = null!;

    /// <summary>What the button asks for.</summary>
    public string Op { get; set; } = "";

    /// <summary>Its icon.</summary>
    public string Icon { get; set; } = "plus";

    /// <summary>What it does, for a button without words.</summary>
    public string? Label { get; set; }

    /// <summary>Its words; null for an icon alone.</summary>
    public string? Words { get; set; }

    /// <summary>Whether it can do nothing now.</summary>
    public bool IsOff { get; set; }

    /// <summary>The page.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "class",
            Words is null ? "button button-s button-ghost button-icon" : "button button-s"
        );
        (string Name, string Value)[] attributes =
        [
            ("type", "submit"),
            ("name", "op"),
            ("value", Op),
            ("formaction", At.Url),
            ("formnovalidate", ""),
            ("hx-post", At.Url),
            ("hx-target", At.Place),
            ("hx-select", At.Place),
            ("hx-swap", "outerMorph"),
        ];
        foreach (var (name, value) in attributes)
        {
            output.Attributes.SetAttribute(name, value);
        }

        if (Label is not null)
        {
            output.Attributes.SetAttribute("aria-label", Label);
        }

        if (IsOff)
        {
            output.Attributes.SetAttribute("disabled", "disabled");
        }

        output.Content.AppendHtml(IconMarkup.Make(View, assets, Icon, "s"));
        output.Content.Append(Words ?? "");
    }
}
