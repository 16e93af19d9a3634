using Microsoft.Extensions.Primitives;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>Inputs of configured fields: drawn from a field and its value, and read back from what a browser sends.</summary>
/// <param name="zone">The reader's zone, in which moments are typed.</param>
/// <param name="files">The files that fields may hold; null where none do.</param>
public sealed class FieldForm(DateTimeZone zone, KnownFiles? files = null)
{
    /// <summary>The files that fields may hold.</summary>
    public KnownFiles Files { get; } = files ?? new KnownFiles();

    /// <summary>What was typed for a person instead of a choice from the list: it stands behind a mark, so that digits are not somebody's number; null for a choice.</summary>
    public static string? TypedPerson(string text) => text.StartsWith('?') ? text[1..] : null;

    /// <summary>The input's name in forms and refusals.</summary>
    public static string NameOf(string field) => $"fields.{field}";

    /// <summary>The key of the sentence that tells of a text which is not of the field's kind: its own where the kind has one.</summary>
    public static string WrongOf(FieldDocument field, string otherwise) =>
        field.Kind switch
        {
            FieldKind.Duration => "refusal.field-duration",
            FieldKind.Person => "forms.person-wrong",
            _ => otherwise,
        };

    /// <summary>An input for a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">What it holds, as <see cref="Write"/> gives it or as it was typed.</param>
    /// <param name="offers">Whom a field of people, organizations or teams offers.</param>
    public static FieldInput Input(FieldDocument field, string text, FieldOffers offers) =>
        new(NameOf(field.Id), field.Name.ToString(), field.Kind)
        {
            Value = text,
            Help = field.Description?.ToString(),
            MaxLength = field.Limits?.MaxLength ?? (field.Kind == FieldKind.Text ? 255 : null),
            Choices =
                offers.Of(field.Kind) ?? [.. field.Choices.Select(choice => (choice.Id, field.WordsOf(choice.Id)))],
            Finder = field.Kind == FieldKind.Person ? offers.Finder : null,
            Levels = field.Choices.Any(choice => choice.Under is not null)
                ? field.Choices.ToDictionary(
                    choice => choice.Id,
                    choice => (choice.Under ?? "", choice.Name.ToString())
                )
                : new Dictionary<string, (string, string)>(),
            GoesUp = !offers.IsForStrangers,
            MaxFiles = field.MostFiles,
            FileTypes = field.Limits?.FileTypes ?? [],
        };

    /// <summary>What a form holds for a value.</summary>
    public string Write(FieldDocument field, FieldValue? value) =>
        (field.Kind, value) switch
        {
            (FieldKind.Moment, MomentValue moment) => TypedMoment.Write(moment.Moment, zone),
            (FieldKind.Choices, ChoicesValue choices) => string.Join('\n', choices.Choices),
            (FieldKind.Tags, ChoicesValue tags) => string.Join(", ", tags.Choices),
            (FieldKind.Attachment, FilesValue held) => KnownFiles.Write(held),
            _ => PlainFields.Write(value),
        };

    /// <summary>What was typed into a field, as one text.</summary>
    public static string Text(FieldDocument field, StringValues sent) =>
        field.Kind switch
        {
            FieldKind.Choices or FieldKind.Attachment => string.Join(
                '\n',
                sent.Where(choice => !string.IsNullOrEmpty(choice))
            ),
            FieldKind.LongText => (sent.LastOrDefault() ?? string.Empty).ReplaceLineEndings("\n"),
            _ => (sent.LastOrDefault() ?? string.Empty).Trim(),
        };

    /// <summary>Reads what was typed. Empty text means an empty field.</summary>
    /// <returns>False when it is not of the field's kind.</returns>
    public bool TryRead(FieldDocument field, string text, out FieldValue? value)
    {
        value = null;
        if (field.Kind == FieldKind.Moment && text.Length > 0)
        {
            value = TypedMoment.Read(text, zone) is { } moment ? new MomentValue(moment) : null;
            return value is not null;
        }

        if (field.Kind == FieldKind.Attachment)
        {
            value = Files.Read(text);
            return true;
        }

        var plain = field.Kind == FieldKind.Choices ? text.Replace('\n', ',') : text;
        return PlainFields.TryRead(field.Kind, plain, out value);
    }
}
