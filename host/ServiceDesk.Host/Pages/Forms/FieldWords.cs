using System.Globalization;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>Values of fields in the reader's words.</summary>
/// <param name="names">Names of the people who may stand in them.</param>
/// <param name="groups">Names of the organizations and teams that stand in them.</param>
public sealed class FieldWords(
    ReaderTimes times,
    ITexts texts,
    IReadOnlyDictionary<PersonId, string> names,
    IReadOnlyDictionary<FieldValue, string> groups
)
{
    /// <summary>The value of a field; empty for none.</summary>
    public string Of(FieldDocument field, FieldValue? value) =>
        value switch
        {
            TextValue text => text.Text,
            NumberValue number => number.Number.ToString("#,0.##########", CultureInfo.CurrentCulture),
            FlagValue flag => texts[flag.IsSet ? "common.yes" : "common.no"],
            DateValue date => ReaderTimes.Date(date.Date),
            MomentValue moment => times.Moment(moment.Moment),
            DurationValue duration => Length(duration),
            ChoiceValue choice => field.WordsOf(choice.Choice),
            ChoicesValue choices => string.Join(", ", choices.Choices.Select(choice => field.WordsOf(choice))),
            PersonValue person => names.GetValueOrDefault(person.Person, "?"),
            FilesValue files => string.Join(", ", files.Files.Select(file => file.Name)),
            OrganizationValue or TeamValue => groups.GetValueOrDefault(value, "?"),
            _ => string.Empty,
        };

    /// <summary>How long, in the reader's words, to the second.</summary>
    public static string Length(DurationValue duration) =>
        DurationText.Format(
            duration.Length,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            DurationDays.Of24Hours,
            units: 4
        );
}
