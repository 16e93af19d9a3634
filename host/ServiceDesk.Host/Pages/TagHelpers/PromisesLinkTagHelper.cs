using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Sla;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;promises-link ticket="…" /&gt;</c>: the way to the clocks of a request that the reader may see; nothing when there are none.</summary>
[HtmlTargetElement("promises-link", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PromisesLinkTagHelper(CustomerClocks clocks, ITexts texts) : TagHelper
{
    /// <summary>The request.</summary>
    public TicketSnapshot Ticket { get; set; } = null!;

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var request = View.HttpContext;
        var shown = await clocks.OfAsync(request.RequireViewer(), Ticket, request.RequestAborted);
        if (shown.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "href",
            $"{request.Request.PathBase}/portal/requests/{Ticket.State.Key}/promises"
        );
        output.Attributes.SetAttribute("class", "button button-s");
        output.Content.SetContent(texts["promises.customer"]);
    }
}
