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
        var name = FieldRules.NameOf(field.Id);
        if (!PlainFields.TryRead(field.Kind, text, out var value))
        {
            return Refusal.Invalid(RefusalCodes.FieldKind, name, FieldRules.KindName(field.Kind));
        }

        return value is null ? null : FieldRules.Refused(field, value);
    }
}
