using Microsoft.AspNetCore.Http;
using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// The form of a request type, the same in the portal and the workspace: its sections and inputs in order, which of them are
/// asked for, and what was typed into them. What is hidden stays in the page, so that no answer is lost on the way.
/// </summary>
public sealed class RequestForm(RequestTypeDocument type, IConfiguration configuration, ITexts texts, FieldForm fields)
{
    /// <summary>Under which name a page without script says which questions it showed.</summary>
    public const string Seen = "seen";

    private readonly RequestTypeDocument form = FormLogic.Widened(WithSummary(type), configuration);

    /// <summary>Names of the inputs, as refusals name them.</summary>
    public IReadOnlyList<string> Inputs => [.. FormLogic.InOrder(form).Select(place => NameOf(place.Field))];

    /// <summary>Its configured fields.</summary>
    public IReadOnlyCollection<FieldDocument> Fields =>
        [
            .. form
                .Form.Select(place => configuration.TryGet<FieldDocument>(place.Field, out var known) ? known : null)
                .OfType<FieldDocument>(),
        ];

    /// <summary>The kinds of its fields.</summary>
    public IReadOnlyCollection<FieldKind> Kinds => [.. Fields.Select(one => one.Kind).Distinct()];

    /// <summary>The files that its fields may hold.</summary>
    public KnownFiles Files => fields.Files;

    /// <summary>What its fields hold, as far as it can be read.</summary>
    /// <param name="typed">What was sent; null for a fresh form.</param>
    public IReadOnlyCollection<FieldValue> Held(IFormCollection? typed) => [.. ValuesOf(typed, null).Values];

    /// <summary>Draws the form.</summary>
    /// <param name="typed">What was sent; null for a fresh form, which holds the defaults.</param>
    /// <param name="errors">Why it was refused.</param>
    /// <param name="kept">Files that are up already.</param>
    /// <param name="offers">Whom fields of people, organizations and teams offer.</param>
    public FormView Draw(
        IFormCollection? typed,
        FormErrors errors,
        IReadOnlyList<AttachedFile> kept,
        FieldOffers offers
    )
    {
        var values = ValuesOf(typed, null);
        var asked = AskedOf(values);
        offers = offers.With(fields.Files);
        var drawn = FormLogic
            .InOrder(form)
            .Select(place => (Place: place, Input: Input(place, typed, errors, kept, offers)))
            .Where(one => one.Input is not null)
            .Select(one => new PlaceView(
                one.Place,
                WithError(one.Input!, errors),
                asked.Contains(one.Place.Field),
                ConditionView.Write(one.Place.When)
            ))
            .ToList();
        return new FormView([
            .. new FormSection?[] { null }
                .Concat(form.Sections)
                .Select(section => new PartView(
                    section,
                    [.. drawn.Where(place => FormLogic.SectionOf(form, place.Place) == section)],
                    ConditionView.Write(section?.When ?? [])
                ))
                .Where(part => part.Places.Count > 0),
        ]);
    }

    /// <summary>Reads the answers to what is asked for; one that is not of its field's kind becomes an error.</summary>
    public ValueMap<FieldValue> Read(IFormCollection typed, FormErrors errors)
    {
        var unreadable = new List<string>();
        var values = ValuesOf(typed, unreadable);
        var asked = AskedOf(values);
        foreach (var id in unreadable.Where(asked.Contains))
        {
            errors.Add(
                FieldForm.NameOf(id),
                configuration.TryGet<FieldDocument>(id, out var field)
                    ? FieldForm.WrongOf(field, "portal.field-not-readable")
                    : "portal.field-not-readable"
            );
        }

        return ValueMap<FieldValue>.From(values.Where(value => asked.Contains(value.Key)));
    }

    /// <summary>Whether answers opened questions that the page, being without script, did not show.</summary>
    public bool HasMore(IFormCollection typed) =>
        typed.TryGetValue(Seen, out var seen)
        && AskedOf(ValuesOf(typed, null)).Except(seen.ToString().Split(' '), StringComparer.Ordinal).Any();

    // Summary is always asked, first when the form does not place it.
    private static RequestTypeDocument WithSummary(RequestTypeDocument type) =>
        type.Form.Any(place => place.Field == FormLogic.Summary)
            ? type
            : type with
            {
                Form = type.Form.Prepend(new FormField(FormLogic.Summary, Required: true)).ToValueList(),
            };

    private static string NameOf(string place) =>
        place switch
        {
            FormLogic.Summary or FormLogic.Description => place,
            FormLogic.Attachments => "files",
            _ => FieldForm.NameOf(place),
        };

    private static object WithError(object input, FormErrors errors) =>
        input is FieldInput one ? one with { Error = errors[one.Name] } : input;

    private HashSet<string> AskedOf(ValueMap<FieldValue> values) =>
        [.. FormLogic.Asked(form, values.Find).Select(place => place.Field)];

    private ValueMap<FieldValue> ValuesOf(IFormCollection? typed, List<string>? unreadable)
    {
        var values = ValueMap<FieldValue>.Empty;
        foreach (var place in form.Form)
        {
            if (!configuration.TryGet<FieldDocument>(place.Field, out var field))
            {
                continue;
            }

            if (!fields.TryRead(field, TextOf(place, field, typed), out var value))
            {
                unreadable?.Add(field.Id);
            }
            else if (value is not null)
            {
                values = values.SetItem(field.Id, value);
            }
        }

        return values;
    }

    private string TextOf(FormField place, FieldDocument field, IFormCollection? typed) =>
        typed is not null ? FieldForm.Text(field, typed[FieldForm.NameOf(field.Id)])
        : (place.Default ?? field.Default) is { } text && PlainFields.TryRead(field.Kind, text, out var value)
            ? fields.Write(field, value)
        : "";

    private object? Input(
        FormField place,
        IFormCollection? typed,
        FormErrors errors,
        IReadOnlyList<AttachedFile> kept,
        FieldOffers offers
    ) =>
        place.Field switch
        {
            FormLogic.Summary => Words(place, FieldKind.Text, typed, "portal.summary", "portal.summary-help"),
            FormLogic.Description => Words(
                place,
                FieldKind.LongText,
                typed,
                "portal.description",
                "common.markdown-hint"
            ),
            FormLogic.Attachments => Upload(place, errors, kept),
            _ => configuration.TryGet<FieldDocument>(place.Field, out var field)
                ? Placed(FieldForm.Input(field, TextOf(place, field, typed), offers), place)
                : null,
        };

    private FieldInput Words(FormField place, FieldKind kind, IFormCollection? typed, string label, string help) =>
        Placed(
            new FieldInput(place.Field, texts[label], kind)
            {
                Value = typed is null ? place.Default ?? "" : typed[place.Field].LastOrDefault() ?? "",
                Help = texts[help],
                MaxLength = kind == FieldKind.Text ? 255 : 100_000,
            },
            place with
            {
                Required = place.Required || kind == FieldKind.Text,
            }
        );

    private FilesInput Upload(FormField place, FormErrors errors, IReadOnlyList<AttachedFile> kept) =>
        new()
        {
            Label = place.Label?.ToString() ?? texts["portal.attachments"],
            Help = place.Help?.ToString(),
            IsRequired = place.Required,
            Error = errors["files"],
            Kept = [.. kept.Select(file => (Intake.Files.FileIntake.TokenOf(file.Id), file.Name))],
        };

    private static FieldInput Placed(FieldInput input, FormField place) =>
        input with
        {
            Label = place.Label?.ToString() ?? input.Label,
            Help = place.Help?.ToString() ?? input.Help,
            IsRequired = place.Required,
        };
}
