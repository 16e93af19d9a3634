using ServiceDesk.Core.Access;
using ServiceDesk.Core.Files;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// Edit, assign, prioritize, attach: what agents do to a ticket besides talking.
public static partial class Ticket
{
    private static Decision Edit(TicketQuestion asked, EditTicket command)
    {
        var ticket = asked.Ticket;
        if (FieldRules.Unseen(command.Fields?.Keys ?? [], ticket.Status, asked) is { Count: > 0 } unseen)
        {
            return Decision.Refuse(unseen);
        }

        var summary = command.Summary?.Trim();
        var labels = command.Labels is { } given ? TextRules.Normalized(given) : ticket.Labels;
        var changes = command.Fields is { } fields
            ? FieldRules.Differing(ticket.Fields, FieldRules.Normalized(fields))
            : Sdk.Values.ValueMap<FieldValue?>.Empty;
        return Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                summary is null ? null : TextRules.Line(summary, "summary", required: true),
                command.Description is null
                    ? null
                    : TextRules.Text(command.Description, "description", required: false),
                .. TextRules.Labels(labels),
                .. FieldRules.Taken(changes, ticket.Type, asked, byCustomer: asked.Standing < Standing.Works),
                .. FieldRules.Changeable(changes, asked),
            ],
            () =>
                Changes(
                    FieldFiles.Attached(asked, changes, byCustomer: false),
                    new TextEdited(
                        summary == ticket.Summary ? null : summary,
                        command.Description == ticket.Description ? null : command.Description
                    ),
                    new FieldsChanged(changes),
                    labels.Equals(ticket.Labels) ? null : new LabelsChanged(labels)
                )
        );
    }

    private static IEnumerable<TicketEvent> Changes(
        IEnumerable<TicketEvent> files,
        TextEdited text,
        FieldsChanged fields,
        LabelsChanged? labels
    )
    {
        foreach (var attached in files)
        {
            yield return attached;
        }

        if (text.Summary is not null || text.Description is not null)
        {
            yield return text;
        }

        if (fields.Fields.Count > 0)
        {
            yield return fields;
        }

        if (labels is not null)
        {
            yield return labels;
        }
    }

    private static Decision Assign(TicketQuestion asked, AssignTicket command)
    {
        var ticket = asked.Ticket;
        if (Rules.OnlyAgents(asked) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (asked.Desk(ticket.Desk) is not { } desk)
        {
            return Decision.Refuse(Refusal.Conflict(RefusalCodes.DeskUnknown, ticket.Desk));
        }

        // Who already has it may keep it: only what changes is checked.
        var isMine = command.Assignee == ticket.Assignee;
        var (assignee, standsInFor) = Assignment.Receiver(asked, desk, command.Assignee, command.ToStandIn && !isMine);
        var newTeam = command.Team == ticket.Team ? null : command.Team;
        var isChange = assignee != ticket.Assignee || command.Team != ticket.Team;
        return Rules.Unless(
            Assignment.Rules(asked, desk, isMine ? null : assignee, newTeam),
            () => isChange ? [new TicketAssigned(assignee, command.Team) { StandsInFor = standsInFor }] : []
        );
    }

    // Somebody who took it meanwhile keeps it.
    private static Decision Take(TicketQuestion asked, TakeAssignment command)
    {
        var (ticket, decided) = (asked.Ticket, command.Decided);
        if (Rules.OnlyProduct(asked) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (ticket.Merged is not null || !Duty.Assignments.IsFree(ticket))
        {
            return Decision.Accept();
        }

        if (asked.Desk(ticket.Desk) is not { } desk)
        {
            return Decision.Refuse(Refusal.Conflict(RefusalCodes.DeskUnknown, ticket.Desk));
        }

        var isChange = decided.Assignee is not null || decided.Team != ticket.Team;
        return Rules.Unless(
            Assignment.Rules(asked, desk, decided.Assignee, decided.Team == ticket.Team ? null : decided.Team),
            () => isChange ? [new TicketAssigned(decided.Assignee, decided.Team), decided] : [decided]
        );
    }

    private static Decision Prioritize(TicketQuestion asked, SetPriority command) =>
        Rules.Unless(
            [Rules.OnlyAgents(asked), PriorityIsKnown(command.Priority)],
            () =>
                command.Priority == asked.Ticket.Priority
                    ? []
                    : [new PriorityChanged(asked.Ticket.Priority, command.Priority)]
        );

    private static Decision Attach(TicketQuestion asked, AttachFiles command) =>
        Rules.Unless(
            [
                command.Visibility == Visibility.Public ? Rules.OnlyWhoTakesPart(asked) : Rules.OnlyAgents(asked),
                command.Files.Count == 0 ? Refusal.Invalid(RefusalCodes.FilesRequired, "files") : null,
                .. TextRules.Files(command.Files),
                .. FileRuling.WhyNot(asked, asked.Ticket.Desk, command.Files),
            ],
            () => [new FilesAttached(command.Files, command.Visibility)]
        );

    /// <summary>The priority is one of the four.</summary>
    internal static Refusal? PriorityIsKnown(Priority priority) =>
        Enum.IsDefined(priority) ? null : Refusal.Invalid(RefusalCodes.PriorityUnknown, "priority");
}
