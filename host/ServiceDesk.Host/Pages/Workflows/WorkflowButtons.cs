using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using ServiceDesk.Host.Pages.Administration;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.TagHelpers;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>Buttons that change what the editor shows.</summary>
/// <param name="view">The view that is drawn.</param>
/// <param name="assets">The icons.</param>
/// <param name="shape">Where the form is drawn anew.</param>
public sealed class WorkflowButtons(ViewContext view, FrontEndAssets assets, string shape)
{
    /// <summary>A button with an icon, and words or a name for those who do not see it.</summary>
    public IHtmlContent Small(string op, string icon, string? label, string? words = null, bool isOff = false)
    {
        var button = Of(op, words is null ? "button button-s button-ghost button-icon" : "button button-s");
        if (label is not null)
        {
            button.Attributes["aria-label"] = label;
        }

        if (isOff)
        {
            button.Attributes["disabled"] = "disabled";
        }

        button.InnerHtml.AppendHtml(IconMarkup.Make(view, assets, icon, "s"));
        button.InnerHtml.Append(words ?? "");
        return button;
    }

    /// <summary>A row that opens its part, and closes it again.</summary>
    public TagBuilder Row(WorkflowPart part, bool isOpen)
    {
        var button = Of(isOpen ? "close" : $"open.{part}", "wf-row");
        button.Attributes["aria-expanded"] = isOpen ? "true" : "false";
        return button;
    }

    private TagBuilder Of(string op, string shapeOf)
    {
        var button = new TagBuilder("button");
        button.AddCssClass(shapeOf);
        button.Attributes["type"] = "submit";
        button.Attributes["name"] = "op";
        button.Attributes["value"] = op;
        button.Attributes["formaction"] = shape;
        button.Attributes["formnovalidate"] = "";
        button.Attributes["hx-post"] = shape;
        button.Attributes["hx-target"] = WorkflowEditorModel.FormPlace;
        button.Attributes["hx-select"] = WorkflowEditorModel.FormPlace;
        button.Attributes["hx-swap"] = "outerMorph";
        return button;
    }
}
