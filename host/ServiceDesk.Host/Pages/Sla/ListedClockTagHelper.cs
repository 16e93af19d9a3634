using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary><c>&lt;listed-clock value="…" /&gt;</c>: the chip of a clock in a list, read at the page's moment on its pinned calendar.</summary>
[HtmlTargetElement("listed-clock", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ListedClockTagHelper(
    FrontEndAssets assets,
    ReaderTimes times,
    ITexts texts,
    ICurrentConfiguration configuration
) : TagHelper
{
    /// <summary>The clock.</summary>
    public ListedClock Value { get; set; } = null!;

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        new SlaChipTagHelper(assets, times, texts)
        {
            Value = Value.ReadAt(times.Now, configuration.Snapshot),
            WithDue = true,
            View = View,
        }.Process(context, output);
}
