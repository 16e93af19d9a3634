using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a move makes of a ticket's status and fields: what is shown before is what is decided.</summary>
/// <param name="Type">The ticket type there.</param>
/// <param name="Status">The status there; null when the workflow there has none for it.</param>
/// <param name="Changes">Fields that change, null for those that are emptied.</param>
/// <param name="Mapped">By the id of a field, the one that takes its value.</param>
/// <param name="Dropped">Values that no field there takes.</param>
/// <param name="Taken">Fields that would take two values, or lose their own to another one's.</param>
/// <param name="Strays">Fields that were to stay, though the type there does not have them.</param>
/// <param name="Needed">Fields that are needed there; what of them is empty then is missing.</param>
public sealed record MovePlan(
    TicketTypeDocument Type,
    WorkflowStatus? Status,
    ValueMap<FieldValue?> Changes,
    ValueMap<string> Mapped,
    ValueMap<FieldValue> Dropped,
    ValueList<string> Taken,
    ValueList<string> Strays,
    ValueList<string> Needed
)
{
    /// <summary>The plan of a move.</summary>
    /// <param name="type">The ticket type there.</param>
    /// <param name="requestType">The request type there; null for none.</param>
    public static MovePlan Of(
        TicketState ticket,
        MoveTicket command,
        TicketTypeDocument type,
        RequestTypeDocument? requestType,
        IConfiguration configuration
    )
    {
        var places = ticket
            .Fields.Select(field => (From: field.Key, To: PlaceOf(field.Key, command, type), field.Value))
            .ToList();
        var mapped = places.Where(place => place.To is not null && place.To != place.From).ToList();
        var dropped = places.Where(place => place.To is null).ToList();
        var values = FieldRules.Normalized(command.Values);

        // Values are taken out before they are put in, so that two fields can change places.
        var changes = ValueMap<FieldValue?>
            .From(mapped.Concat(dropped).Select(place => KeyValuePair.Create(place.From, (FieldValue?)null)))
            .SetItems(mapped.Select(place => KeyValuePair.Create(place.To!, (FieldValue?)place.Value)))
            .SetItems(values);
        var after = After(ticket, changes);
        var status = StatusOf(ticket, command, configuration.WorkflowOf(type.Id));
        return new MovePlan(
            type,
            status,
            FieldRules.Differing(ticket.Fields, changes),
            ValueMap<string>.From(mapped.Select(place => KeyValuePair.Create(place.From, place.To!))),
            ValueMap<FieldValue>.From(dropped.Select(place => KeyValuePair.Create(place.From, place.Value))),
            places
                .Where(place => place.To is not null)
                .GroupBy(place => place.To!, StringComparer.Ordinal)
                .Where(same =>
                    same.Count() > 1 || (values.Find(same.Key) is not null && same.Any(place => place.From != place.To))
                )
                .Select(same => same.Key)
                .ToValueList(),
            places
                .Where(place => place.To == place.From && !type.Fields.Contains(place.From))
                .Select(place => place.From)
                .ToValueList(),
            Needs(status, type, requestType, after, configuration)
        );
    }

    /// <summary>The needed fields that are empty after the move, those for which a value was given among them left out.</summary>
    public IEnumerable<string> Missing(TicketState ticket)
    {
        var after = After(ticket, Changes);
        return Needed.Where(id => !after.ContainsKey(id));
    }

    /// <summary>
    /// The statuses of the workflow there into which the ticket may go: those that mean the same, and the first one. Past an
    /// approval that its status waits for there too, no move leads.
    /// </summary>
    public static IEnumerable<WorkflowStatus> StatusesFor(TicketState ticket, WorkflowDocument workflow) =>
        ApprovalGate.Holds(ticket, workflow)
            ? workflow.Statuses.Where(status => status.Id == ticket.Status || status.Id == workflow.Initial)
            : workflow.Statuses.Where(status => status.Category == ticket.Category || status.Id == workflow.Initial);

    /// <summary>The fields of a type that could take the value of a field: of its kind, and none that a script works out.</summary>
    public static IEnumerable<FieldDocument> TakersOf(
        string field,
        FieldValue value,
        TicketTypeDocument type,
        IConfiguration configuration
    )
    {
        if (!configuration.TryGet<FieldDocument>(field, out var from))
        {
            yield break;
        }

        foreach (var id in type.Fields)
        {
            if (
                configuration.TryGet<FieldDocument>(id, out var to)
                && to.Script is null
                && to.Kind == from.Kind
                && (FieldRules.IsReference(value) || FieldRules.Refused(to, value) is null)
            )
            {
                yield return to;
            }
        }
    }

    private static string? PlaceOf(string field, MoveTicket command, TicketTypeDocument type) =>
        command.Fields.TryGetValue(field, out var wanted) ? wanted
        : type.Fields.Contains(field) ? field
        : null;

    private static WorkflowStatus? StatusOf(TicketState ticket, MoveTicket command, WorkflowDocument? workflow) =>
        workflow is null ? null
        : command.Status is { } wanted ? StatusesFor(ticket, workflow).FirstOrDefault(status => status.Id == wanted)
        : workflow.Counterpart(ticket);

    // A form's words and files were asked when the ticket was opened; its fields are asked now.
    private static ValueList<string> Needs(
        WorkflowStatus? status,
        TicketTypeDocument type,
        RequestTypeDocument? requestType,
        ValueMap<FieldValue> after,
        IConfiguration configuration
    )
    {
        var asked = requestType is null
            ? []
            : new AnsweredForm(FormLogic.Widened(requestType, configuration), after.Find).Asked;
        return asked
            .Where(place => place.Required && configuration.TryGet<FieldDocument>(place.Field, out _))
            .Select(place => place.Field)
            .Concat(status is null ? [] : FieldNeeds.In(status.Id, type.Id, configuration))
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
    }

    private static ValueMap<FieldValue> After(TicketState ticket, ValueMap<FieldValue?> changes) =>
        ValueMap<FieldValue>.From(
            ticket
                .Fields.Where(field => !changes.ContainsKey(field.Key))
                .Concat(
                    changes
                        .Where(change => change.Value is not null)
                        .Select(change => KeyValuePair.Create(change.Key, change.Value!))
                )
        );
}
