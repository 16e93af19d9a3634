using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary>
/// <c>&lt;sla-chip clock="…" /&gt;</c> or <c>&lt;sla-chip reading="…" /&gt;</c>: a promise: working time left (negative once breached), when it is due, and whether it
/// runs, stands still, was kept or broken. Each of these has an icon and a word of its own besides its colour. A clock that
/// counts now keeps counting in the browser.
/// </summary>
[HtmlTargetElement("sla-chip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SlaChipTagHelper(
    FrontEndAssets assets,
    ITexts texts,
    ReaderTimes times,
    ICurrentConfiguration configuration
) : TagHelper
{
    /// <summary>The clock; null where <see cref="Reading"/> is given.</summary>
    public SlaClock? Clock { get; set; }

    /// <summary>What the clock shows, where it was read already.</summary>
    public ClockReading? Reading { get; set; }

    /// <summary>The metric's name, for the chip's title; null leaves it out.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the due time stands in the chip, or only in its title.</summary>
    public bool ShowDue { get; set; } = true;

    /// <summary>Whether the word stands in the chip, or only for screen readers and in the title.</summary>
    public bool ShowWord { get; set; }

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var reading =
            Reading
            ?? ClockReading.Of(
                Clock ?? throw new InvalidOperationException("A chip needs a clock or its reading."),
                times.Now,
                configuration.Snapshot
            );
        var look = SlaLook.Of(reading);
        var left = Write(reading.Remaining, reading.Days);
        var word = texts[$"common.sla-{look.Word}"];
        var due =
            reading.DueAt is { } at && look.IsOpen
                ? texts.Format("common.sla-due", times.Moment(at, isShort: true))
                : null;

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"sla {look.Classes}");
        output.Attributes.SetAttribute("title", Title(reading, word, left));
        if (look.Counts)
        {
            var milliseconds = (long)reading.Remaining.TotalMilliseconds;
            output.Attributes.SetAttribute("data-left", milliseconds.ToString(CultureInfo.InvariantCulture));
            output.Attributes.SetAttribute("data-days", reading.Days == DurationDays.Of24Hours ? "true" : "false");
        }

        output.Content.AppendHtml(IconMarkup.Make(View, assets, look.Icon, "s"));
        output.Content.AppendHtml(Word(word));
        output.Content.AppendHtml(Span("sla-left", left));
        if (due is not null && ShowDue)
        {
            output.Content.AppendHtml(Span("sla-due", due));
        }
    }

    private static string Write(Duration duration, DurationDays days) =>
        DurationText.Format(Whole(duration), CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, days);

    // Seconds are noise in a list; the ledger tells them. Late by a moment is late by a begun minute.
    private static Duration Whole(Duration duration) =>
        Duration.FromMinutes(Math.Floor(duration.TotalMinutes)) is var whole && whole != Duration.Zero
            ? whole
            : duration;

    private string Title(ClockReading reading, string word, string left)
    {
        var parts = new List<string> { Name is null ? word : $"{Name}: {word}", left };
        if (reading.DueAt is { } due)
        {
            parts.Add(texts.Format("common.sla-due", times.Full(due)));
        }

        if (reading.CountsFrom is { } from)
        {
            parts.Add(texts.Format("common.sla-counts-from", times.Moment(from, isShort: true)));
        }

        parts.Add(texts.Format("common.sla-target", Write(reading.Target, reading.Days)));
        return string.Join(" · ", parts);
    }

    private TagBuilder Word(string word)
    {
        var span = Span(ShowWord ? "sla-word" : "visually-hidden", word);
        return span;
    }

    private static TagBuilder Span(string name, string text)
    {
        var span = new TagBuilder("span");
        span.AddCssClass(name);
        span.InnerHtml.Append(text);
        return span;
    }
}

/// <summary>How a promise looks.</summary>
/// <param name="Word">The end of the text key of its word.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Counts">Whether its time passes now.</param>
/// <param name="IsOpen">Whether it is not settled yet.</param>
public sealed record SlaLook(string Word, string Icon, string Tone, bool Counts, bool IsOpen)
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    /// <summary>The classes of its chip.</summary>
    public string Classes => $"tone-{Tone} sla-{Word}{(IsOpen ? " sla-open" : "")}";

    /// <summary>The look of a clock at an instant.</summary>
    public static SlaLook Of(ClockReading reading) =>
        (reading.Status, reading.Verdict) switch
        {
            (ClockStatus.Stopped, ClockVerdict.Breached) => new("breached", "clock-x", "red", false, false),
            (ClockStatus.Stopped, ClockVerdict.Cancelled) => new("cancelled", "clock-stop", "gray", false, false),
            (ClockStatus.Stopped, _) => new("met", "circle-check", "green", false, false),
            (ClockStatus.Paused, ClockVerdict.Breached) => new("breached", "clock-pause", "red", false, true),
            (_, ClockVerdict.Breached) => new("breached", "clock-exclamation", "red", reading.CountsFrom is null, true),
            (ClockStatus.Paused, _) => new("paused", "clock-pause", "gray", false, true),
            _ when reading.CountsFrom is not null => new("off-hours", "moon", Urgency(reading.Remaining), false, true),
            _ when reading.Remaining < HalfHour => new("running-half-hour", "alarm", "orange", true, true),
            _ when reading.Remaining < Hour => new("running-hour", "hourglass", "amber", true, true),
            _ => new("running", "clock-play", "green", true, true),
        };

    private static string Urgency(Duration remaining) =>
        remaining < HalfHour ? "orange"
        : remaining < Hour ? "amber"
        : "green";
}
