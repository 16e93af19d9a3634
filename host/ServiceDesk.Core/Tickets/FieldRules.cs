using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a field takes, and who may change it when.</summary>
internal static class FieldRules
{
    private const string Administrator = "administrator";
    private const int UrlLimit = 2000;
    private const int ChoiceLimit = 100;
    private const int TagLimit = 60;

    /// <summary>The name of a field in the API.</summary>
    public static string NameOf(string field) => $"fields.{field}";

    /// <summary>Values with what is empty turned into nothing: no text, no choices.</summary>
    public static ValueMap<FieldValue?> Normalized(ValueMap<FieldValue?> values) =>
        ValueMap<FieldValue?>.From(
            values.Select(entry =>
                KeyValuePair.Create(
                    entry.Key,
                    entry.Value is TextValue { Text: "" } or ChoicesValue { Choices.Count: 0 } ? null : entry.Value
                )
            )
        );

    /// <summary>The changes that really change a value.</summary>
    public static ValueMap<FieldValue?> Differing(ValueMap<FieldValue> fields, ValueMap<FieldValue?> changes) =>
        ValueMap<FieldValue?>.From(changes.Where(change => !Equals(fields.Find(change.Key), change.Value)));

    /// <summary>Each field is one of the type's and takes its value.</summary>
    /// <param name="byCustomer">Whether it is a customer's wish, who may name colleagues only.</param>
    public static IEnumerable<Refusal?> Taken(
        ValueMap<FieldValue?> values,
        string type,
        TicketQuestion asked,
        bool byCustomer
    )
    {
        var configuration = asked.Configuration;
        var known = configuration.TryGet<TicketTypeDocument>(type, out var ticketType) ? ticketType.Fields : [];
        foreach (var (id, value) in values)
        {
            if (!known.Contains(id) || !configuration.TryGet<FieldDocument>(id, out var field))
            {
                yield return Refusal.Invalid(RefusalCodes.FieldUnknown, NameOf(id), TextRules.Shown(id));
            }
            else if (field.Script is not null && !IsComputing(asked))
            {
                yield return Refusal.Invalid(RefusalCodes.FieldComputed, NameOf(id), id);
            }
            else if (value is not null)
            {
                yield return Taken(field, value, asked.Facts)
                    // What was brought from elsewhere is as it was.
                    ?? (asked.IsImport ? null : FieldLimitRules.Within(field, value, NameOf(id)))
                    ?? (byCustomer ? Known(value, asked.Viewer!.Person, asked.Facts, NameOf(id)) : null);
            }
        }
    }

    /// <summary>In the ticket's status the field is not locked, and the role of an agent is one that may change it.</summary>
    public static IEnumerable<Refusal?> Changeable(ValueMap<FieldValue?> changes, TicketQuestion asked)
    {
        if (asked.Viewer is not { } viewer)
        {
            yield break;
        }

        foreach (var (id, value) in changes)
        {
            if (!asked.Configuration.TryGet<FieldDocument>(id, out var field))
            {
                continue;
            }

            if (value is null && field.RequiredIn.Contains(asked.Ticket.Status))
            {
                yield return Refusal.Invalid(RefusalCodes.FieldRequired, NameOf(id), id);
            }

            if (field.LockedIn.Contains(asked.Ticket.Status))
            {
                yield return Refusal.Conflict(RefusalCodes.FieldLocked, id, asked.Ticket.Status) with
                {
                    Field = NameOf(id),
                };
            }

            if (asked.Standing == Standing.Works)
            {
                yield return ForRole(field, viewer.Person.Role);
            }
        }
    }

    /// <summary>The agent's role is one that may change each of these fields.</summary>
    public static IEnumerable<Refusal?> ForRole(IEnumerable<string> ids, TicketQuestion asked) =>
        asked.Viewer is { } viewer
            ? ids.Select(id =>
                asked.Configuration.TryGet<FieldDocument>(id, out var field) ? ForRole(field, viewer.Person.Role) : null
            )
            : [];

    private static Refusal? ForRole(FieldDocument field, string role) =>
        field.EditableBy.Count > 0 && !field.EditableBy.Contains(role) && role != Administrator
            ? Refusal.Forbidden(RefusalCodes.FieldRole, field.Id) with
            {
                Field = NameOf(field.Id),
            }
            : null;

    /// <summary>After the change, each of these fields is filled.</summary>
    public static IEnumerable<Refusal?> Filled(
        IEnumerable<string> required,
        ValueMap<FieldValue> fields,
        ValueMap<FieldValue?> changes
    ) =>
        required
            .Where(id => (changes.TryGetValue(id, out var change) ? change : fields.Find(id)) is null)
            .Select(id => Refusal.Invalid(RefusalCodes.FieldRequired, NameOf(id), id));

    // What a script works out comes from the product in the script's name; an importer brings what was worked out elsewhere.
    private static bool IsComputing(TicketQuestion asked) =>
        asked.IsImport || asked.Context.Envelope.Actor is { Kind: ActorKind.Script, Person: null };

    /// <summary>Whether a text of the configuration, a preset or default, is a value that the field takes.</summary>
    public static bool Takes(FieldDocument field, string text) =>
        Json.PlainFields.TryRead(field.Kind, text, out var value) && value is not null && Refused(field, value) is null;

    /// <summary>Why a field does not take a value that is nobody's yet; null when it does.</summary>
    public static Refusal? Refused(FieldDocument field, FieldValue value) =>
        Taken(field, value, DecisionFacts.None) ?? FieldLimitRules.Within(field, value, NameOf(field.Id));

    private static Refusal? Taken(FieldDocument field, FieldValue value, DecisionFacts facts)
    {
        var name = NameOf(field.Id);
        return (field.Kind, value) switch
        {
            (FieldKind.Text, TextValue text) => TextRules.Line(text.Text, name, required: false),
            (FieldKind.LongText, TextValue text) => TextRules.Text(text.Text, name, required: false),
            (FieldKind.Url, TextValue text) => Address(text.Text, name),
            (FieldKind.Number, NumberValue) => null,
            (FieldKind.Flag, FlagValue) => null,
            (FieldKind.Date, DateValue) => null,
            (FieldKind.Moment, MomentValue) => null,
            (FieldKind.Choice, ChoiceValue choice) => Choice(field, choice.Choice, name),
            (FieldKind.Choices, ChoicesValue choices) => Choices(field, choices.Choices, name),
            (FieldKind.Tags, ChoicesValue tags) => Tags(tags.Choices, name),
            (FieldKind.Person, PersonValue person) => facts.Find(person.Person) is null
                ? Refusal.Invalid(RefusalCodes.PersonUnknown, name, person.Person.ToString())
                : null,
            _ => Refusal.Invalid(RefusalCodes.FieldKind, name, KindName(field.Kind)),
        };
    }

    // Customers name themselves and colleagues; of everybody else they do not learn that there is such a person.
    private static Refusal? Known(FieldValue value, Person by, DecisionFacts facts, string name) =>
        value is not PersonValue { Person: var id }
        || id == by.Id
        || facts.Find(id)?.Organizations.Any(by.Organizations.Contains) == true
            ? null
            : Refusal.Invalid(RefusalCodes.PersonUnknown, name, id.ToString());

    private static Refusal? Address(string text, string name) =>
        text.Length <= UrlLimit
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? TextRules.Line(text, name, required: false, UrlLimit)
            : Refusal.Invalid(RefusalCodes.FieldUrl, name);

    private static Refusal? Choice(FieldDocument field, string choice, string name) =>
        field.Choices.Any(known => known.Id == choice)
            ? null
            : Refusal.Invalid(RefusalCodes.FieldChoice, name, TextRules.Shown(choice));

    private static Refusal? Tags(ValueList<string> tags, string name) =>
        tags.Count > ChoiceLimit
            ? Refusal.Invalid(RefusalCodes.LabelsTooMany, name, "100")
            : tags.Select(tag => TextRules.Line(tag, name, required: true, TagLimit))
                .FirstOrDefault(refusal => refusal is not null);

    // A field of several choices without any configured holds free tags.
    private static Refusal? Choices(FieldDocument field, ValueList<string> choices, string name)
    {
        if (choices.Count > ChoiceLimit)
        {
            return Refusal.Invalid(RefusalCodes.LabelsTooMany, name, "100");
        }

        var checks = choices.Select(choice =>
            field.Choices.Count == 0 ? TextRules.Line(choice, name, required: true) : Choice(field, choice, name)
        );
        return checks.FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>The word of a kind in documents and refusals.</summary>
    public static string KindName(FieldKind kind) =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
