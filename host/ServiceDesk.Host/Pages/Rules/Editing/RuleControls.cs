using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ServiceDesk.Host.Pages.Rules.Editing;

/// <summary>A value that can be chosen, with what people read.</summary>
public sealed record RuleOption(string Value, string Words);

/// <summary>Controls that stand in a sentence; each tells its name to whoever does not see the words around it.</summary>
/// <param name="reshape">Where the form is drawn anew when a choice changes what else is asked.</param>
/// <param name="form">The form's place in the page, as a selector.</param>
internal sealed partial class RuleControls(string reshape, string form = "#rule-form")
{
    /// <summary>A choice. A value that is not among the options stays choosable, so that nothing is lost unseen.</summary>
    /// <param name="reshapes">Whether what is chosen changes what else is asked.</param>
    /// <param name="number">Where several controls have the same name: which it is.</param>
    public IHtmlContent Choice(
        string name,
        string label,
        IEnumerable<RuleOption> options,
        string? value,
        bool reshapes = false,
        int? number = null
    )
    {
        var select = Control("select", name, label, number: number);
        var known = options.ToList();
        if (value is not null && known.TrueForAll(option => option.Value != value))
        {
            known.Add(new RuleOption(value, value));
        }

        foreach (var option in known)
        {
            var tag = new TagBuilder("option");
            tag.Attributes["value"] = option.Value;
            if (option.Value == (value ?? ""))
            {
                tag.Attributes["selected"] = "selected";
            }

            tag.InnerHtml.Append(option.Words);
            select.InnerHtml.AppendHtml(tag);
        }

        if (reshapes)
        {
            // Who picks by typing changes it with every letter: the form is drawn when the word is whole.
            Reshapes(select, "change delay:150ms");
        }

        return select;
    }

    /// <summary>A line of text.</summary>
    /// <param name="reshapes">Whether what is written changes what else is asked.</param>
    public IHtmlContent Line(
        string name,
        string label,
        string? value,
        string hint = "",
        string shape = "rule-line-m",
        int? number = null,
        bool reshapes = false
    )
    {
        var input = Control("input", name, label, shape, number);
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["value"] = value ?? "";
        input.Attributes["autocomplete"] = "off";
        if (hint.Length > 0)
        {
            input.Attributes["placeholder"] = hint;
        }

        if (reshapes)
        {
            Reshapes(input, "change");
        }

        return input;
    }

    /// <summary>A line for what is kept and never shown again.</summary>
    public IHtmlContent Secret(string name, string label, string hint)
    {
        var input = (TagBuilder)Line(name, label, null, hint);
        input.Attributes["type"] = "password";
        input.Attributes["autocomplete"] = "new-password";
        return input;
    }

    /// <summary>A query with completion.</summary>
    public IHtmlContent Query(string name, string label, string? value, string completion, string hint)
    {
        var input = Control("input", name, label, "code-line");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["value"] = value ?? "";
        input.Attributes["autocomplete"] = "off";
        input.Attributes["spellcheck"] = "false";
        input.Attributes["maxlength"] = "4000";
        input.Attributes["placeholder"] = hint;
        input.Attributes["data-complete"] = completion;
        var span = new TagBuilder("span");
        span.AddCssClass("combo rule-query");
        span.InnerHtml.AppendHtml(input);
        return span;
    }

    /// <summary>A text of several lines.</summary>
    public IHtmlContent Area(string name, string label, string? value)
    {
        var area = Control("textarea", name, label, "rule-text");
        area.Attributes["rows"] = "2";
        area.Attributes["placeholder"] = label;
        // The first line break after the tag is not part of the text.
        area.InnerHtml.AppendHtml("\n");
        area.InnerHtml.Append(value ?? "");
        return area;
    }

    /// <summary>Something to tick, with its words.</summary>
    public IHtmlContent Tick(string name, string value, string words, bool isOn)
    {
        var label = new TagBuilder("label");
        label.AddCssClass("rule-tick");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "checkbox";
        input.Attributes["name"] = name;
        input.Attributes["value"] = value;
        if (isOn)
        {
            input.Attributes["checked"] = "checked";
        }

        label.InnerHtml.AppendHtml(input);
        label.InnerHtml.Append(" " + words);
        return label;
    }

    /// <summary>Several things one after another.</summary>
    public static IHtmlContent Several(params IEnumerable<IHtmlContent> parts)
    {
        var all = new HtmlContentBuilder();
        foreach (var part in parts)
        {
            all.AppendHtml(part).Append(" ");
        }

        return all;
    }

    /// <summary>A sentence whose places are controls, in the order of its language.</summary>
    public static IHtmlContent Phrase(string format, params IReadOnlyList<IHtmlContent> parts)
    {
        var all = new HtmlContentBuilder();
        var at = 0;
        foreach (Match place in Places().Matches(format))
        {
            all.Append(format[at..place.Index]);
            var number = place.Value[1] - '0';
            if (number < parts.Count)
            {
                all.AppendHtml(parts[number]);
            }

            at = place.Index + place.Length;
        }

        return all.Append(format[at..]);
    }

    /// <summary>Makes something draw the form anew.</summary>
    public void Reshapes(TagBuilder tag, string trigger)
    {
        tag.Attributes["hx-post"] = reshape;
        tag.Attributes["hx-trigger"] = trigger;
        tag.Attributes["hx-target"] = form;
        tag.Attributes["hx-select"] = form;
        tag.Attributes["hx-swap"] = "outerMorph";
    }

    private static TagBuilder Control(
        string tag,
        string name,
        string label,
        string shape = "rule-choice",
        int? number = null
    )
    {
        var control = new TagBuilder(tag);
        control.AddCssClass($"input input-s {shape}");
        control.Attributes["name"] = name;
        control.Attributes["id"] = string.Create(
            CultureInfo.InvariantCulture,
            $"in-{name.Replace('.', '-')}{(number is null ? "" : "-")}{number}"
        );
        control.Attributes["aria-label"] = label;
        return control;
    }

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Places();
}
