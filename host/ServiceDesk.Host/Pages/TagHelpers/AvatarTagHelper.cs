using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;avatar name="김민지" /&gt;</c>: a round mark with initials. Decoration: the name stands beside it, or <c>label</c> says it.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    private static readonly string[] Tones = ["blue", "violet", "green", "amber", "orange", "red", "gray"];

    /// <summary>The person's display name; empty for nobody.</summary>
    public string Name { get; set; } = "";

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>.</summary>
    public string Size { get; set; } = "m";

    /// <summary>The name again, where nothing beside it says it.</summary>
    public string? Label { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var size = Size == "m" ? "" : $" avatar-{Size}";
        output.Attributes.SetAttribute("class", $"avatar{size} tone-{ToneOf(Name)}");
        if (Label is null)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
            output.Attributes.SetAttribute("title", Label);
        }

        output.Content.SetContent(InitialsOf(Name));
    }

    /// <summary>
    /// Two letters that people would take: the given name of a Korean name (its last two syllables), else the first letters of
    /// the first and last word.
    /// </summary>
    public static string InitialsOf(string name)
    {
        var words = name.Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return "?";
        }

        if (words.Length == 1 && words[0].All(character => character is >= '가' and <= '힣'))
        {
            return words[0].Length > 2 ? words[0][^2..] : words[0];
        }

        var start = StringInfo.GetNextTextElement(words[0]);
        return words.Length > 1 ? start + StringInfo.GetNextTextElement(words[^1])
            : words[0].Length > start.Length
                ? start + StringInfo.GetNextTextElement(words[0], start.Length).ToLowerInvariant()
            : start;
    }

    private static string ToneOf(string name)
    {
        var sum = name.Aggregate(17u, (total, character) => (total * 31) + character);
        return Tones[sum % Tones.Length];
    }
}
