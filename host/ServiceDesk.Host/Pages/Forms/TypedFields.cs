using NodaTime;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>The configured fields of a form: what they hold, what was typed, and what it means.</summary>
public sealed class TypedFields(IReadOnlyList<FieldDocument> fields, DateTimeZone zone, KnownFiles? files = null)
{
    private readonly FieldForm form = new(zone, files);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> drawn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NewerValue> newer = new(StringComparer.Ordinal);

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

    /// <summary>Whether somebody else changed meanwhile what was typed.</summary>
    public bool HasNewer => newer.Count > 0;

    /// <summary>Takes what the ticket holds.</summary>
    public TypedFields Fill(ValueMap<FieldValue> values)
    {
        foreach (var field in fields)
        {
            texts[field.Id] = form.Write(field, values.Find(field.Id));
        }

        return this;
    }

    /// <summary>Takes what the ticket holds, and marks it: the form tells by that what it was drawn with.</summary>
    public TypedFields Draw(ValueMap<FieldValue> values)
    {
        foreach (var field in fields)
        {
            drawn[field.Id] = MarkOf(field, values.Find(field.Id));
        }

        return Fill(values);
    }

    /// <summary>
    /// What is to be written: the fields in which something else was typed than the form was drawn with. What somebody else changed
    /// meanwhile is left, and shown when the form is drawn again; where both did, <paramref name="errors"/> say so, and sending it once
    /// more means it. A form that does not say what it was drawn with is taken as it is.
    /// </summary>
    /// <param name="typed">The values that were typed.</param>
    /// <param name="held">What the ticket holds now.</param>
    /// <param name="sent">The form.</param>
    /// <param name="errors">Where fields that both changed are told.</param>
    public ValueMap<FieldValue?> Changes(
        ValueMap<FieldValue?> typed,
        ValueMap<FieldValue> held,
        IFormCollection sent,
        FormErrors errors
    )
    {
        var changes = ValueMap<FieldValue?>.Empty;
        foreach (var field in fields)
        {
            var name = FieldForm.NameOf(field.Id);
            var (mark, value) = (sent[DrawnMark.NameOf(name)].ToString(), typed.Find(field.Id));
            var (now, wanted) = (MarkOf(field, held.Find(field.Id)), MarkOf(field, value, sent));
            if (!typed.ContainsKey(field.Id))
            {
                // What cannot be read stays as it was typed, beside its sentence.
                if (mark.Length > 0)
                {
                    drawn[field.Id] = mark;
                }

                continue;
            }

            if (mark.Length == 0)
            {
                changes = sent.ContainsKey(name) || value is not null ? changes.SetItem(field.Id, value) : changes;
            }
            else if (wanted == mark)
            {
                // What only somebody else changed shows as it is now.
                (drawn[field.Id], texts[field.Id]) = (now, form.Write(field, held.Find(field.Id)));
            }
            else if (now == mark || now == wanted)
            {
                drawn[field.Id] = mark;
                changes = changes.SetItem(field.Id, value);
            }
            else
            {
                drawn[field.Id] = now;
                newer[field.Id] = new NewerValue(field, held.Find(field.Id));
                errors.Add(name, "workspace.field-changed-meanwhile");
            }
        }

        return changes;
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
                Drawn = drawn.GetValueOrDefault(field.Id),
                Newer = newer.GetValueOrDefault(field.Id),
            }
        );

    // Of the text that a browser would send back, since what it cannot hold, seconds of a moment, is nobody's change.
    private string MarkOf(FieldDocument field, FieldValue? value)
    {
        var text = FieldForm.Text(field, form.Write(field, value));
        return DrawnMark.Of(
            IsMany(field) ? Sorted(text.Split('\n'))
            : form.TryRead(field, text, out var read) ? form.Write(field, read)
            : text
        );
    }

    // A file that is no longer held is still one that the form was drawn with.
    private string MarkOf(FieldDocument field, FieldValue? value, IFormCollection sent)
    {
        var name = FieldForm.NameOf(field.Id);
        var isUploaded = sent.Files.GetFiles(FieldInput.UploadOf(name)).Any(file => file.FileName.Length > 0);
        return field.Kind == FieldKind.Attachment && !isUploaded
            ? DrawnMark.Of(Sorted(FieldForm.Text(field, sent[name]).Split('\n')))
            : MarkOf(field, value);
    }

    private static bool IsMany(FieldDocument field) => field.Kind is FieldKind.Choices or FieldKind.Attachment;

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
