using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a field takes, and who may change it when.</summary>
internal static class FieldRules
{
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
                    entry.Value
                        is TextValue { Text: "" }
                            or ChoicesValue { Choices.Count: 0 }
                            or FilesValue { Files.Count: 0 }
                        ? null
                        : entry.Value
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
                foreach (var refusal in FieldFiles.WhyNot(asked, field, FieldFiles.In(value), byCustomer))
                {
                    yield return refusal;
                }
            }
        }
    }

    /// <summary>
    /// Refusals of the fields that are hidden from who asks: such a one looks as if there were none, also to who names it with the
    /// value that it has. To be asked first and alone, since every other refusal would tell of it.
    /// </summary>
    public static ValueList<Refusal> Unseen(IEnumerable<string> ids, string status, TicketQuestion asked) =>
        ids.Where(id => !FieldSight.Sees(asked.Viewer, id, status, asked.Configuration))
            .Distinct(StringComparer.Ordinal)
            .Select(id => Refusal.Invalid(RefusalCodes.FieldUnknown, NameOf(id), TextRules.Shown(id)))
            .ToValueList();

    /// <summary>In the ticket's status the viewer may change the fields, and empties none that must be filled.</summary>
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

            var status = asked.Ticket.Status;
            var access = FieldSight.Of(viewer, field, status);
            if (value is null && (access == FieldAccess.Required || field.RequiredIn.Contains(status)))
            {
                yield return Refusal.Invalid(RefusalCodes.FieldRequired, NameOf(id), id);
            }

            if (access is null && field.LockedIn.Contains(status))
            {
                yield return Refusal.Conflict(RefusalCodes.FieldLocked, id, status) with
                {
                    Field = NameOf(id),
                };
            }

            if (asked.Standing == Standing.Works || access is not null)
            {
                yield return ForRole(field, viewer, status);
            }
        }
    }

    /// <summary>The viewer is one who may change each of these fields on a ticket of the status.</summary>
    public static IEnumerable<Refusal?> ForRole(IEnumerable<string> ids, string status, TicketQuestion asked) =>
        asked.Viewer is { } viewer
            ? ids.Select(id =>
                asked.Configuration.TryGet<FieldDocument>(id, out var field) ? ForRole(field, viewer, status) : null
            )
            : [];

    /// <summary>On a new ticket the viewer may change each of these fields. Where no line of access says so, whoever opens it may.</summary>
    public static IEnumerable<Refusal?> Givable(IEnumerable<string> ids, string status, TicketQuestion asked) =>
        asked.Viewer is { } viewer
            ? ids.Where(id => FieldSight.Of(viewer, id, status, asked.Configuration) == FieldAccess.See)
                .Select(id => ReadOnly(id, status))
            : [];

    private static Refusal? ForRole(FieldDocument field, Viewer viewer, string status) =>
        FieldSight.Of(viewer, field, status) switch
        {
            null => FieldDefaults.IsOfRole(field, viewer.Person.Role)
                ? null
                : Refusal.Forbidden(RefusalCodes.FieldRole, field.Id) with
                {
                    Field = NameOf(field.Id),
                },
            FieldAccess.See => ReadOnly(field.Id, status),
            _ => null,
        };

    private static Refusal ReadOnly(string field, string status) =>
        Refusal.Forbidden(RefusalCodes.FieldReadOnly, field, status) with
        {
            Field = NameOf(field),
        };

    /// <summary>Ids of the fields of the ticket's type that the viewer has to fill before leaving its status.</summary>
    public static IEnumerable<string> NeededToLeave(TicketQuestion asked) =>
        asked.Standing == Standing.Works
            ? FieldNeeds.ToLeave(asked.Viewer!, asked.Ticket.Status, asked.Ticket.Type, asked.Configuration)
            : [];

    /// <summary>After the change, each of these fields is filled. Of one that is hidden from who asks, no more is told than that something is missing.</summary>
    public static IEnumerable<Refusal?> Filled(
        IEnumerable<string> required,
        ValueMap<FieldValue?> changes,
        TicketQuestion asked
    ) =>
        Filled(required.Distinct(StringComparer.Ordinal), asked.Ticket.Fields, changes)
            .Select(refusal =>
                FieldSight.Sees(asked.Viewer, refusal.Arguments[0], asked.Ticket.Status, asked.Configuration)
                    ? refusal
                    : Refusal.Conflict(RefusalCodes.FieldNeedUnseen)
            );

    /// <summary>After the change, each of these fields is filled.</summary>
    public static IEnumerable<Refusal> Filled(
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

    /// <summary>Whether a value names a person, an organization or a team, whom only a ticket's decision knows.</summary>
    public static bool IsReference(FieldValue? value) => value is PersonValue or OrganizationValue or TeamValue;

    /// <summary>Whether a field may take a text of the configuration that can only be decided with a ticket.</summary>
    public static bool MayTake(FieldDocument field, string text) =>
        Takes(field, text) || (Json.PlainFields.TryRead(field.Kind, text, out var value) && IsReference(value));

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
            (FieldKind.Duration, DurationValue duration) => Length(duration.Length, name),
            (FieldKind.Choice, ChoiceValue choice) => Choice(field, choice.Choice, name),
            (FieldKind.Choices, ChoicesValue choices) => Choices(field, choices.Choices, name),
            (FieldKind.Tags, ChoicesValue tags) => Tags(tags.Choices, name),
            (FieldKind.Person, PersonValue person) => facts.Find(person.Person) is null
                ? Refusal.Invalid(RefusalCodes.PersonUnknown, name, person.Person.ToString())
                : null,
            (FieldKind.Organization, OrganizationValue { Organization: var id }) => facts.Find(id) is null
                ? Refusal.Invalid(RefusalCodes.OrganizationUnknown, name, id.ToString())
                : null,
            (FieldKind.Team, TeamValue team) => facts.Find(team.Team) is null
                ? Refusal.Invalid(RefusalCodes.TeamUnknown, name, team.Team.ToString())
                : null,
            (FieldKind.Attachment, FilesValue) => null,
            _ => Refusal.Invalid(RefusalCodes.FieldKind, name, KindName(field.Kind)),
        };
    }

    // Customers name themselves, colleagues and their own organizations; of everybody else they do not learn that there is such a one.
    private static Refusal? Known(FieldValue value, Person by, DecisionFacts facts, string name) =>
        value switch
        {
            PersonValue { Person: var id } => id == by.Id
            || facts.Find(id)?.Organizations.Any(by.Organizations.Contains) == true
                ? null
                : Refusal.Invalid(RefusalCodes.PersonUnknown, name, id.ToString()),
            OrganizationValue { Organization: var id } => by.Organizations.Contains(id)
                ? null
                : Refusal.Invalid(RefusalCodes.OrganizationUnknown, name, id.ToString()),
            TeamValue { Team: var id } => Refusal.Invalid(RefusalCodes.TeamUnknown, name, id.ToString()),
            _ => null,
        };

    private static Refusal? Address(string text, string name) =>
        text.Length <= UrlLimit
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? TextRules.Line(text, name, required: false, UrlLimit)
            : Refusal.Invalid(RefusalCodes.FieldUrl, name);

    private static Refusal? Length(Duration length, string name) =>
        length >= Duration.Zero && length == Duration.FromSeconds((long)length.TotalSeconds)
            ? null
            : Refusal.Invalid(RefusalCodes.FieldDuration, name);

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
