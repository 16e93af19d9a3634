using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Files;
using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>The decision to open a ticket: where, as what, for whom, with what.</summary>
internal sealed class Opening(TicketQuestion asked, OpenTicket command)
{
    private const int ExternalIdLimit = 100;

    // Who does not work on the desk asks as a customer, whatever else that person is.
    private readonly bool byCustomer = asked.Viewer?.WorksOn(command.Desk) == false;
    private readonly string summary = command.Summary.Trim();
    private readonly ValueList<string> labels = TextRules.Normalized(command.Labels);
    private readonly string? externalId = command.ExternalId?.Trim();

    public Decision Decide()
    {
        if (asked.Desk(command.Desk) is not { } desk || !MaySee(desk))
        {
            return Decision.Refuse(Refusal.Invalid(RefusalCodes.DeskUnknown, "desk", TextRules.Shown(command.Desk)));
        }

        var requestType = FindRequestType(desk) is { } found ? Asked(found) : null;
        if (WhyNoType(desk, requestType) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return WithType(desk, requestType, (requestType?.Type ?? command.Type)!);
    }

    private RequestTypeDocument Asked(RequestTypeDocument type)
    {
        var seen = FieldSight.Form(asked.Viewer, type, asked.Configuration);
        return command.Channel == Channel.Form ? FormLogic.ForStrangers(seen, asked.Configuration) : seen;
    }

    private Decision WithType(DeskDocument desk, RequestTypeDocument? requestType, string type)
    {
        if (
            !asked.Configuration.TryGet<TicketTypeDocument>(type, out var ticketType)
            || asked.Configuration.WorkflowOf(type) is not { } workflow
            || workflow.Status(workflow.Initial) is not { } first
        )
        {
            return Decision.Refuse(Refusal.Conflict(RefusalCodes.WorkflowBroken, type));
        }

        var sent = FieldRules.Normalized(ValueMap<FieldValue?>.From(command.Fields.Select(Nullable)));
        if (!IsCopy && FieldRules.Unseen(sent.Keys, first.Id, asked) is { Count: > 0 } unseen)
        {
            return Decision.Refuse(unseen);
        }

        var form = requestType is null
            ? null
            : new AnsweredForm(FormLogic.Widened(requestType, asked.Configuration), sent.Find, !asked.IsImport);
        var given = ValueMap<FieldValue?>.From(sent.Where(entry => form?.Takes(entry.Key) != false));
        var fields = WithDefaults(WithPresets(given, requestType, ticketType), form, ticketType);
        return Rules.Unless(
            [
                .. WordsAndFiles(),
                .. OnlyWhatCustomersGive(requestType, sent),
                .. ForWhom(desk),
                FromWhence(),
                .. Assignment.Rules(asked, desk, Receiver(desk).Assignee, command.Team),
                .. FieldRules.Taken(given, type, asked, byCustomer),
                .. IsCopy ? [] : FieldRules.Givable(given.Keys, first.Id, asked),
                .. IsCopy ? [] : FormIsFilled(form, fields),
                .. IsCopy ? [] : IsFilledWithoutForm(form, ticketType, first, fields),
            ],
            () =>
                Events(
                    Opened(
                        desk,
                        ticketType,
                        requestType,
                        form,
                        first,
                        ValueMap<FieldValue>.From(
                            fields
                                .Where(entry => entry.Value is not null)
                                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value!))
                        )
                    ),
                    Takes(form, FormLogic.Attachments) ? command.Files : [],
                    requestType
                )
        );
    }

    // A desk where one may not ask looks like one that does not exist.
    private bool MaySee(DeskDocument desk) =>
        asked.Viewer is not { } viewer || viewer.WorksOn(desk.Id) || viewer.AskableDesks.Contains(desk.Id);

    private RequestTypeDocument? FindRequestType(DeskDocument desk) =>
        command.RequestType is { } id
        && asked.Configuration.TryGet<RequestTypeDocument>(id, out var requestType)
        && requestType.Desk == desk.Id
            ? requestType
            : null;

    private Refusal? WhyNoType(DeskDocument desk, RequestTypeDocument? requestType)
    {
        var type = requestType?.Type ?? command.Type;
        return (command.RequestType, requestType) switch
        {
            ({ } id, null) => Refusal.Invalid(RefusalCodes.RequestTypeUnknown, "requestType", TextRules.Shown(id)),
            // Customers ask by what the portal offers; kinds of work are the agents' matter.
            (null, _) when byCustomer => Refusal.Invalid(RefusalCodes.RequestTypeRequired, "requestType"),
            _ when type is null => Refusal.Invalid(RefusalCodes.TypeRequired, "type"),
            ({ } id, _) when command.Type is { } other && other != type => Refusal.Invalid(
                RefusalCodes.TypeNotOfRequestType,
                "type",
                id,
                type
            ),
            _ when !desk.Types.Contains(type) => Refusal.Invalid(
                RefusalCodes.TypeUnknown,
                "type",
                TextRules.Shown(type),
                desk.Id
            ),
            _ => null,
        };
    }

    private IEnumerable<Refusal?> WordsAndFiles() =>
        [
            TextRules.Line(summary, "summary", required: true),
            TextRules.Text(command.Description, "description", required: false),
            externalId is null ? null : TextRules.Line(externalId, "externalId", required: true, ExternalIdLimit),
            .. TextRules.Labels(labels),
            .. TextRules.Files(command.Files),
            .. FileRuling.WhyNot(asked, command.Desk, command.Files),
            command.Priority is { } priority ? Ticket.PriorityIsKnown(priority) : null,
            command.History is null ? null : ImportRules.History(asked, command.History),
        ];

    // A customer asks for oneself and gives what the form asks for; the rest is the agents'.
    private IEnumerable<Refusal?> OnlyWhatCustomersGive(RequestTypeDocument? requestType, ValueMap<FieldValue?> given)
    {
        if (!byCustomer)
        {
            yield break;
        }

        if (command.Requester != asked.Viewer!.Person.Id)
        {
            yield return Refusal.Forbidden(RefusalCodes.RequesterNotSelf) with
            {
                Field = "requester",
            };
        }

        (string Name, bool IsGiven)[] ofAgents =
        [
            ("priority", command.Priority is not null),
            ("assignee", command.Assignee is not null),
            ("team", command.Team is not null),
            ("externalId", command.ExternalId is not null),
            ("labels", command.Labels.Count > 0),
        ];
        foreach (var (name, _) in ofAgents.Where(part => part.IsGiven))
        {
            yield return Refusal.Forbidden(RefusalCodes.NotForCustomers) with
            {
                Field = name,
            };
        }

        var form = requestType?.Form ?? [];
        if (command.Files.Count > 0 && form.Count > 0 && form.All(place => place.Field != FormLogic.Attachments))
        {
            yield return Refusal.Invalid(RefusalCodes.FilesNotInForm, "files");
        }

        foreach (var id in given.Keys.Where(id => form.All(place => place.Field != id)))
        {
            yield return Refusal.Invalid(RefusalCodes.FieldNotInForm, FieldRules.NameOf(id), TextRules.Shown(id));
        }
    }

    // The requester exists, is active and served by the desk; the organization is one of the requester's. Imports bring who was there.
    private IEnumerable<Refusal?> ForWhom(DeskDocument desk)
    {
        var requester = asked.Facts.Find(command.Requester);
        if (requester is null || !(requester.IsActive || asked.IsImport))
        {
            yield return Refusal.Invalid(RefusalCodes.PersonUnknown, "requester", command.Requester.ToString());
            yield break;
        }

        if (!asked.IsImport && !IsServed(desk, requester))
        {
            yield return Refusal.Invalid(RefusalCodes.RequesterNotServed, "requester", desk.Id);
        }

        if (command.Organization is { } organization && !requester.Organizations.Contains(organization))
        {
            yield return Refusal.Invalid(RefusalCodes.OrganizationNotOfRequester, "organization");
        }

        if (command.Organization is null && requester.Organizations.Count > 1 && IsAskedFor)
        {
            yield return Refusal.Invalid(RefusalCodes.OrganizationRequired, "organization");
        }
    }

    // Whoever can be asked says for which of several organizations it is; mail, strangers' forms, rules and the product cannot. A copy is as what it was copied from.
    private bool IsAskedFor =>
        asked.Viewer is not null
        && !IsCopy
        && (
            asked.Context.Envelope.Actor.Kind == ActorKind.Script
            || command.Channel is Channel.Portal or Channel.Workspace or Channel.Api or Channel.Phone
        );

    // Who opens it out of another ticket works on that one too. One that nobody may see looks as if there were none.
    private Refusal? FromWhence()
    {
        const int most = Ticket.MostOffspring;
        return (command.Origin, asked.Facts.Related) switch
        {
            (null, _) => null,
            ({ } origin, null) => Refusal.NotFound(RefusalCodes.OriginUnknown, origin.Key.ToString()),
            (_, { WorksThere: false } known) => Refusal.Forbidden(
                RefusalCodes.OriginNotThere,
                known.Ticket.Key.ToString()
            ),
            ({ Kind: OriginKind.Split } origin, { Ticket: var from })
                when from.Offspring.FirstOrDefault(one => one.Comment == origin.Comment) is { } before =>
                Refusal.Conflict(RefusalCodes.MessageSplit, before.Key.ToString()),
            (_, { Ticket: var from }) when from.Offspring.Count >= most => Refusal.Conflict(
                RefusalCodes.OriginTooMany,
                from.Key.ToString(),
                most.ToString(CultureInfo.InvariantCulture)
            ),
            _ => null,
        };
    }

    private bool IsServed(DeskDocument desk, Person requester) =>
        asked.Facts.Serves(desk, requester) || asked.Facts.WorksOn(desk, requester, asked.Configuration);

    // What the form needs is filled. The product itself fills no forms.
    private IEnumerable<Refusal?> FormIsFilled(AnsweredForm? form, ValueMap<FieldValue?> fields)
    {
        if (form is null || asked.Viewer is null)
        {
            return [];
        }

        return form
            .Asked.Where(place => place.Required)
            .Select(place =>
                place.Field switch
                {
                    FormLogic.Summary => null,
                    FormLogic.Description => TextRules.Text(command.Description, "description", required: true),
                    FormLogic.Attachments => command.Files.Count > 0
                        ? null
                        : Refusal.Invalid(RefusalCodes.FilesRequired, "files"),
                    var id => FieldRules.Filled([id], ValueMap<FieldValue>.Empty, fields).FirstOrDefault(),
                }
            );
    }

    // Where no form asks, the fields themselves say what their role must fill.
    private IEnumerable<Refusal?> IsFilledWithoutForm(
        AnsweredForm? form,
        TicketTypeDocument type,
        WorkflowStatus first,
        ValueMap<FieldValue?> fields
    ) =>
        form is null && asked.Viewer is { } viewer
            ? FieldRules.Filled(
                FieldNeeds.ToLeave(viewer, first.Id, type.Id, asked.Configuration),
                ValueMap<FieldValue>.Empty,
                fields
            )
            : [];

    // A question that was asked and left empty stays empty; one that the form hid was never answered.
    private ValueMap<FieldValue?> WithDefaults(
        ValueMap<FieldValue?> fields,
        AnsweredForm? form,
        TicketTypeDocument type
    )
    {
        if (asked.IsImport)
        {
            return fields;
        }

        foreach (var id in type.Fields.Where(id => fields.Find(id) is null && form?.Has(id) != true))
        {
            if (
                asked.Configuration.TryGet<FieldDocument>(id, out var field)
                && field is { Default: { } text, Script: null }
                && FieldRules.Takes(field, text)
                && PlainFields.TryRead(field.Kind, text, out var value)
            )
            {
                fields = fields.SetItem(id, value);
            }
        }

        return fields;
    }

    // A preset that its field does not take is the configuration's mistake, not the sender's: it is left out.
    private ValueMap<FieldValue?> WithPresets(
        ValueMap<FieldValue?> given,
        RequestTypeDocument? requestType,
        TicketTypeDocument type
    )
    {
        foreach (var (id, text) in requestType?.Presets ?? ValueMap<string>.Empty)
        {
            if (
                given.Find(id) is null
                && asked.Configuration.TryGet<FieldDocument>(id, out var field)
                && PlainFields.TryRead(field.Kind, text, out var value)
                && FieldRules
                    .Taken(ValueMap<FieldValue?>.Empty.SetItem(id, value), type.Id, asked, byCustomer: false)
                    .All(refusal => refusal is null)
            )
            {
                given = given.SetItem(id, value);
            }
        }

        return given;
    }

    private (PersonId? Assignee, PersonId? For) Receiver(DeskDocument desk) =>
        Assignment.Receiver(asked, desk, command.Assignee, command.ToStandIn);

    private TicketOpened Opened(
        DeskDocument desk,
        TicketTypeDocument type,
        RequestTypeDocument? requestType,
        AnsweredForm? form,
        WorkflowStatus first,
        ValueMap<FieldValue> fields
    )
    {
        var reserved = asked.ReservedOn(command.Desk);
        var requester = asked.Facts.Find(command.Requester);
        var organizations = requester?.Organizations ?? [];
        var organization = command.Organization ?? (organizations.Count == 1 ? organizations[0] : null);
        return new TicketOpened(
            reserved.Id,
            reserved.Key,
            type.Id,
            requestType?.Id,
            summary,
            Takes(form, FormLogic.Description) ? command.Description : string.Empty,
            first.Id,
            first.Category,
            command.Priority ?? requestType?.Priority ?? type.DefaultPriority,
            command.Requester,
            organization,
            Receiver(desk).Assignee,
            command.Team,
            fields,
            labels,
            command.Channel,
            externalId
        )
        {
            StandsInFor = Receiver(desk).For,
            IsPrivate = command.IsPrivate,
            Language = requester?.Language,
            Region = asked.Facts.Organizations.FirstOrDefault(one => one.Id == organization)?.Region,
            Origin = command.Origin is { } origin
                ? origin with
                {
                    Key = asked.Facts.Related?.Ticket.Key ?? origin.Key,
                }
                : null,
        };
    }

    // A copy is as filled as what it was copied from.
    private bool IsCopy => command.Origin?.Kind == OriginKind.Duplicate;

    // What comes out of another ticket stays whole, whatever the form asks for.
    private bool Takes(AnsweredForm? form, string place) => command.Origin is not null || form?.Takes(place) != false;

    private IEnumerable<TicketEvent> Events(
        TicketOpened opened,
        ValueList<AttachedFile> files,
        RequestTypeDocument? requestType
    )
    {
        yield return opened;
        foreach (var step in Ticket.TasksOf(requestType))
        {
            yield return step;
        }

        if (files.Count > 0)
        {
            yield return new FilesAttached(files, Visibility.Public);
        }

        foreach (var attached in FieldFiles.Attached(asked, opened.Fields.Select(Nullable), byCustomer))
        {
            yield return attached;
        }

        if (command.History is { } history)
        {
            yield return new TicketImported(history.Source, history.Until);
        }
    }

    private static KeyValuePair<string, FieldValue?> Nullable(KeyValuePair<string, FieldValue> entry) =>
        KeyValuePair.Create<string, FieldValue?>(entry.Key, entry.Value);
}
