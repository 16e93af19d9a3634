using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.TagHelpers;

/// <summary><c>&lt;field-value field="…" value="…" /&gt;</c>: the value of a configured field for reading; a dash when it is empty.</summary>
[HtmlTargetElement("field-value", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldValueTagHelper(ReaderTimes times, ITexts texts, IPeople people) : TagHelper
{
    /// <summary>The field.</summary>
    public FieldDocument Field { get; set; } = null!;

    /// <summary>Its value; null when it is empty.</summary>
    public FieldValue? Value { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Value is TextValue text && Field.Kind == FieldKind.LongText)
        {
            output.TagName = "div";
            output.Attributes.SetAttribute("class", "prose");
            output.Attributes.SetAttribute("hx-ignore", "");
            output.Content.SetHtmlContent(ProseRenderer.Render(text.Text, ProseImages.None));
        }
        else if (Value is TextValue url && Field.Kind == FieldKind.Url && ProseLinks.IsSafe(url.Text))
        {
            output.TagName = "a";
            output.Attributes.SetAttribute("href", url.Text);
            output.Attributes.SetAttribute("rel", "noopener noreferrer nofollow");
            output.Content.SetContent(url.Text);
        }
        else
        {
            output.Content.SetContent(await WordsAsync());
        }
    }

    private async Task<string> WordsAsync() =>
        Value switch
        {
            null => "—",
            ChoiceValue choice => Field.WordsOf(choice.Choice),
            ChoicesValue choices => string.Join(", ", choices.Choices.Select(choice => Field.WordsOf(choice))),
            FlagValue flag => texts[flag.IsSet ? "common.yes" : "common.no"],
            DateValue date => ReaderTimes.Date(date.Date),
            MomentValue moment => times.Moment(moment.Moment),
            NumberValue number => number.Number.ToString(CultureInfo.CurrentCulture),
            DurationValue duration => FieldWords.Length(duration),
            PersonValue person => (await people.FindAsync(person.Person))?.Name ?? "?",
            OrganizationValue organization => (await people.FindOrganizationAsync(organization.Organization))?.Name
                ?? "?",
            TeamValue team => (await people.FindTeamAsync(team.Team))?.Name ?? "?",
            var other => PlainFields.Write(other),
        };
}
