using NodaTime;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The configured fields of a form: what they hold, what was typed, and what it means.</summary>
public sealed class TypedFields(IReadOnlyList<FieldDocument> fields, DateTimeZone zone, KnownFiles? files = null)
{
    private readonly FieldForm form = new(zone, files);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<FieldDocument> Fields => fields;

    /// <summary>The files that the fields may hold.</summary>
    public KnownFiles Files => form.Files;

    /// <summary>The names of the inputs.</summary>
    public IEnumerable<string> Names => fields.Select(one => FieldForm.NameOf(one.Id));

    /// <summary>The kinds of the fields.</summary>
    public IReadOnlyCollection<FieldKind> Kinds => [.. fields.Select(one => one.Kind).Distinct()];

    /// <summary>What the fields hold, as far as it can be read.</summary>
    public IReadOnlyCollection<FieldValue> Held => [.. Read(null).Values.OfType<FieldValue>()];

    /// <summary>Takes what the ticket holds.</summary>
    public TypedFields Fill(ValueMap<FieldValue> values)
    {
        foreach (var field in fields)
        {
            texts[field.Id] = form.Write(field, values.Find(field.Id));
        }

        return this;
    }

    /// <summary>Takes what a browser sent.</summary>
    public TypedFields Fill(IFormCollection sent)
    {
        foreach (var field in fields)
        {
            texts[field.Id] = FieldForm.Text(field, sent[FieldForm.NameOf(field.Id)]);
        }

        return this;
    }

    /// <summary>The values; a field whose text is not of its kind is told to <paramref name="errors"/>.</summary>
    public ValueMap<FieldValue?> Read(FormErrors? errors)
    {
        var values = ValueMap<FieldValue?>.Empty;
        foreach (var field in fields)
        {
            if (form.TryRead(field, texts.GetValueOrDefault(field.Id, ""), out var value))
            {
                values = values.SetItem(field.Id, value);
            }
            else
            {
                errors?.Add(
                    FieldForm.NameOf(field.Id),
                    FieldForm.WrongOf(field, "workspace.field-wrong"),
                    field.Name.ToString()
                );
            }
        }

        return values;
    }

    /// <summary>The inputs, in order.</summary>
    public IEnumerable<FieldInput> Inputs(FormErrors errors, FieldOffers offers, Func<string, bool> isRequired) =>
        fields.Select(field =>
            FieldForm.Input(field, texts.GetValueOrDefault(field.Id, ""), offers.With(Files)) with
            {
                Error = errors[FieldForm.NameOf(field.Id)],
                IsRequired = isRequired(field.Id),
            }
        );
}
