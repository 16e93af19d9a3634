using Microsoft.AspNetCore.Razor.TagHelpers;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Pages.Times;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;moment at="…" /&gt;</c>: a moment in the reader's zone: relative with the full moment as its title, or written out.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper(ReaderTimes times) : TagHelper
{
    /// <summary>The moment.</summary>
    public Instant At { get; set; }

    /// <summary><c>relative</c>, <c>short</c> (day and minute) or <c>full</c>.</summary>
    public string As { get; set; } = "relative";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", InstantPattern.General.Format(At));
        output.Attributes.SetAttribute("title", times.Full(At));
        if (As == "relative")
        {
            output.Attributes.SetAttribute("data-relative", "");
        }

        output.Content.SetContent(
            As switch
            {
                "full" => times.Full(At),
                "short" => times.Moment(At, isShort: true),
                _ => times.Relative(At),
            }
        );
    }
}
