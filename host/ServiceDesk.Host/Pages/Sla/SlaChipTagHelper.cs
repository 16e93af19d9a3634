using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>
/// <c>&lt;sla-chip value="reading" name="Time to resolution" /&gt;</c>: time left with an icon and, where it matters, a word: running, paused, met
/// and breached differ in shape and word, not in colour alone. The due time stands beside it and in the tooltip.
/// </summary>
[HtmlTargetElement("sla-chip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SlaChipTagHelper(FrontEndAssets assets, ReaderTimes times, ITexts texts) : TagHelper
{
    private static readonly Duration Soon = Duration.FromHours(1);
    private static readonly Duration VerySoon = Duration.FromMinutes(30);

    /// <summary>What the clock shows.</summary>
    public ClockReading Value { get; set; } = null!;

    /// <summary>The metric's name, spoken and in the tooltip.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether the due time stands in the chip.</summary>
    public bool WithDue { get; set; }

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var look = LookOf(Value);
        var left = DurationText.Format(
            Value.Remaining,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Value.Days
        );
        var words = WordsOf(look, left);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", look.Class);
        output.Attributes.SetAttribute("title", Tooltip(words));
        output.Content.AppendHtml(IconMarkup.Make(View, assets, look.Icon, "s"));
        var text = new TagBuilder("span");
        text.InnerHtml.Append(words);
        output.Content.AppendHtml(text);
        if (WithDue && Value is { Status: ClockStatus.Running, DueAt: { } due })
        {
            var until = new TagBuilder("span");
            until.AddCssClass("sla-due");
            until.InnerHtml.Append(texts.Format("common.sla-due", times.Moment(due, isShort: true)));
            output.Content.AppendHtml(until);
        }
    }

    private static Look LookOf(ClockReading clock) =>
        (clock.Status, clock.Verdict) switch
        {
            (ClockStatus.Stopped, ClockVerdict.Met) => new("sla sla-met tone-green", "circle-check", "common.sla-met"),
            (ClockStatus.Stopped, _) => new("sla sla-breached tone-red", "circle-x", "common.sla-breached"),
            (ClockStatus.Paused, ClockVerdict.Breached) => new(
                "sla sla-breached sla-open tone-red",
                "player-pause",
                "common.sla-paused"
            ),
            (ClockStatus.Paused, _) => new("sla sla-paused tone-gray", "player-pause", "common.sla-paused"),
            (_, ClockVerdict.Breached) => new("sla sla-breached sla-open tone-red", "flame", null),
            _ when clock.Remaining <= VerySoon => new("sla sla-running tone-orange", "clock-exclamation", null),
            _ when clock.Remaining <= Soon => new("sla sla-running tone-amber", "clock", null),
            _ => new("sla sla-running tone-blue", "clock", null),
        };

    private string WordsOf(Look look, string left) =>
        look.Word switch
        {
            null => left,
            "common.sla-paused" => $"{left} · {texts[look.Word]}",
            var word when Value.Status == ClockStatus.Stopped => texts[word],
            var word => $"{left} · {texts[word]}",
        };

    private string Tooltip(string words)
    {
        var due = Value.DueAt is { } at ? $", {texts.Format("common.sla-due", times.Full(at))}" : "";
        var idle = Value.CountsFrom is { } from
            ? $" · {texts["common.sla-off-hours"]} → {times.Moment(from, isShort: true)}"
            : "";
        return (Name.Length == 0 ? words : texts.Format("common.sla-spoken", Name, words)) + due + idle;
    }

    private sealed record Look(string Class, string Icon, string? Word);
}
