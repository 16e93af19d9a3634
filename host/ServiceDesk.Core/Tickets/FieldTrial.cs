using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Whether a field would take a text, before anybody has to fill it: the answer that a ticket would give.</summary>
public static class FieldTrial
{
    /// <summary>Why the field does not take the text; null when it does. An empty text is no value, which every field takes.</summary>
    public static Refusal? Of(FieldDocument field, string text)
    {
        if (!PlainFields.TryRead(field.Kind, text, out var value))
        {
            return NotOfKind(field);
        }

        return value is null ? null : FieldRules.Refused(field, value);
    }

    /// <summary>The refusal of a value that is not of the field's kind.</summary>
    public static Refusal NotOfKind(FieldDocument field) =>
        field.Kind == FieldKind.Duration
            ? Refusal.Invalid(RefusalCodes.FieldDuration, FieldRules.NameOf(field.Id))
            : Refusal.Invalid(RefusalCodes.FieldKind, FieldRules.NameOf(field.Id), FieldRules.KindName(field.Kind));
}
