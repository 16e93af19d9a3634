using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using ServiceDesk.Host.Pages.Assets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary>The markup of an icon, for tag helpers that hold one.</summary>
internal static class IconMarkup
{
    /// <summary>An icon; decoration unless it has a label.</summary>
    public static IHtmlContent Make(
        ViewContext view,
        FrontEndAssets assets,
        string name,
        string size = "m",
        string? label = null
    )
    {
        var svg = new TagBuilder("svg");
        svg.AddCssClass(size == "m" ? "icon" : $"icon icon-{size}");
        if (label is null)
        {
            svg.Attributes["aria-hidden"] = "true";
        }
        else
        {
            svg.Attributes["role"] = "img";
            svg.Attributes["aria-label"] = label;
        }

        var use = new TagBuilder("use");
        var known = assets.HasIcon(name) ? name : IconTagHelper.Fallback;
        use.Attributes["href"] = $"{view.HttpContext.Request.PathBase}{assets.Sprite}#{known}";
        svg.InnerHtml.AppendHtml(use);
        return svg;
    }
}
