using Microsoft.AspNetCore.Http;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The form of a request type: its inputs in order, and what was typed into them.</summary>
public sealed class RequestForm(RequestTypeDocument type, IConfiguration configuration, ITexts texts, FieldForm fields)
{
    private const string Summary = "summary";
    private const string Description = "description";
    private const string Attachments = "attachments";

    /// <summary>The places of the form; summary is always asked, first when the form does not place it.</summary>
    public IReadOnlyList<FormField> Places { get; } =
        type.Form.Any(place => place.Field == Summary)
            ? type.Form
            : [new FormField(Summary, Required: true), .. type.Form];

    /// <summary>Names of the inputs, as refusals name them.</summary>
    public IReadOnlyList<string> Inputs =>
        [
            .. Places.Select(place =>
                place.Field switch
                {
                    Summary or Description => place.Field,
                    Attachments => "files",
                    var id => FieldForm.NameOf(id),
                }
            ),
        ];

    /// <summary>Draws the inputs, in order; files are a <see cref="FilesInput"/>.</summary>
    /// <param name="typed">What was sent; null for a fresh form.</param>
    /// <param name="errors">Why it was refused.</param>
    /// <param name="kept">Files that are up already.</param>
    /// <param name="people">Whom fields of people offer.</param>
    public IEnumerable<object> Draw(
        IFormCollection? typed,
        FormErrors errors,
        IReadOnlyList<AttachedFile> kept,
        IReadOnlyList<(string Id, string Name)> people
    )
    {
        foreach (var place in Places)
        {
            object? input = place.Field switch
            {
                Summary => Words(place, FieldKind.Text, typed, "portal.summary", "portal.summary-help"),
                Description => Words(place, FieldKind.LongText, typed, "portal.description", "common.markdown-hint"),
                Attachments => Files(place, errors, kept),
                _ => configuration.TryGet<FieldDocument>(place.Field, out var field)
                    ? Placed(
                        FieldForm.Input(
                            field,
                            typed is null ? "" : FieldForm.Text(field, typed[FieldForm.NameOf(field.Id)]),
                            people
                        ),
                        place
                    )
                    : null,
            };
            if (input is not null)
            {
                yield return input is FieldInput one ? one with { Error = errors[one.Name] } : input;
            }
        }
    }

    /// <summary>Reads the fields; what is not of its field's kind becomes an error.</summary>
    public ValueMap<FieldValue> Read(IFormCollection typed, FormErrors errors)
    {
        var values = ValueMap<FieldValue>.Empty;
        foreach (var place in Places)
        {
            if (!configuration.TryGet<FieldDocument>(place.Field, out var field))
            {
                continue;
            }

            var name = FieldForm.NameOf(field.Id);
            if (!fields.TryRead(field, FieldForm.Text(field, typed[name]), out var value))
            {
                errors.Add(name, "portal.field-not-readable");
            }
            else if (value is not null)
            {
                values = values.SetItem(field.Id, value);
            }
        }

        return values;
    }

    private FieldInput Words(FormField place, FieldKind kind, IFormCollection? typed, string label, string help) =>
        Placed(
            new FieldInput(place.Field, texts[label], kind)
            {
                Value = typed?[place.Field].LastOrDefault() ?? "",
                Help = texts[help],
                MaxLength = kind == FieldKind.Text ? 255 : 100_000,
            },
            place with
            {
                Required = place.Required || kind == FieldKind.Text,
            }
        );

    private FilesInput Files(FormField place, FormErrors errors, IReadOnlyList<AttachedFile> kept) =>
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
