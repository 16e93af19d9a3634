using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

public static partial class Ticket
{
    private static Decision Move(TicketQuestion asked, MoveTicket command)
    {
        var ticket = asked.Ticket;
        var (requestType, type) = MoveTarget(asked.Configuration, ticket, command);
        var isPlain = command is { Status: null, RequestType: null, Fields.Count: 0, Values.Count: 0 };
        if (isPlain && command.Desk == ticket.Desk && type == ticket.Type && Rules.OnlyAgents(asked) is null)
        {
            return Decision.Accept();
        }

        if (WhyNotMove(asked, command, requestType, type) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var named = command.Fields.Keys.Concat(command.Fields.Values.OfType<string>()).Concat(command.Values.Keys);
        if (FieldRules.Unseen(named, ticket.Status, asked) is { Count: > 0 } unseen)
        {
            return Decision.Refuse(unseen);
        }

        if (
            !asked.Configuration.TryGet<TicketTypeDocument>(type, out var ticketType)
            || asked.Configuration.WorkflowOf(type) is not { } workflow
            || workflow.Counterpart(ticket) is null
        )
        {
            return Decision.Refuse(Refusal.Conflict(RefusalCodes.WorkflowBroken, type));
        }

        var plan = MovePlan.Of(ticket, command, ticketType, requestType, asked.Configuration);
        return Rules.Unless(
            [.. WhyNot(asked, command, plan)],
            () => Moved(asked, asked.Desk(command.Desk)!, requestType, plan)
        );
    }

    /// <summary>The request type that a move names, where the desk has it, and the ticket type that follows.</summary>
    public static (RequestTypeDocument? RequestType, string Type) MoveTarget(
        IConfiguration configuration,
        TicketState ticket,
        MoveTicket command
    )
    {
        var requestType =
            command.RequestType is { } id
            && configuration.TryGet<RequestTypeDocument>(id, out var found)
            && found.Desk == command.Desk
                ? found
                : null;
        return (requestType, command.Type ?? requestType?.Type ?? ticket.Type);
    }

    // Agents who may move it do, to another desk on which they work and which works such tickets.
    private static Refusal? WhyNotMove(
        TicketQuestion asked,
        MoveTicket command,
        RequestTypeDocument? requestType,
        string type
    )
    {
        var (desk, viewer) = (asked.Desk(command.Desk), asked.Viewer);
        return Rules.OnlyAgents(asked)
            ?? (viewer?.May(Permissions.MoveTickets) == false ? Refusal.Forbidden(RefusalCodes.MoveNotAllowed) : null)
            ?? (
                desk is null || viewer is { } who && !who.WorksOn(desk.Id) && !who.AskableDesks.Contains(desk.Id)
                    ? Refusal.Invalid(RefusalCodes.DeskUnknown, "desk", TextRules.Shown(command.Desk))
                    : null
            )
            ?? (
                command.Desk == asked.Ticket.Desk
                    ? Refusal.Invalid(RefusalCodes.MoveSameDesk, "desk", command.Desk)
                    : null
            )
            ?? (
                viewer?.WorksOn(command.Desk) == false
                    ? Refusal.Forbidden(RefusalCodes.MoveNotThere, command.Desk) with
                    {
                        Field = "desk",
                    }
                    : null
            )
            ?? (
                command.RequestType is { } wanted && requestType is null
                    ? Refusal.Invalid(RefusalCodes.RequestTypeUnknown, "requestType", TextRules.Shown(wanted))
                    : null
            )
            ?? (
                requestType is not null && requestType.Type != type
                    ? Refusal.Invalid(RefusalCodes.TypeNotOfRequestType, "type", requestType.Id, requestType.Type)
                    : null
            )
            ?? (
                desk!.Types.Contains(type)
                    ? null
                    : Refusal.Invalid(RefusalCodes.TypeUnknown, "type", TextRules.Shown(type), desk.Id)
            );
    }

    private static IEnumerable<Refusal?> WhyNot(TicketQuestion asked, MoveTicket command, MovePlan plan)
    {
        if (plan.Status is null)
        {
            yield return Refusal.Invalid(RefusalCodes.MoveStatus, "status", TextRules.Shown(command.Status ?? ""));
        }

        foreach (var field in plan.Strays)
        {
            yield return Refusal.Invalid(RefusalCodes.FieldUnknown, FieldRules.NameOf(field), TextRules.Shown(field));
        }

        foreach (var field in plan.Taken)
        {
            yield return Refusal.Invalid(RefusalCodes.MoveFieldTaken, FieldRules.NameOf(field), field);
        }

        var given = ValueMap<FieldValue?>.From(
            plan.Changes.Where(change => change.Value is not null || command.Values.ContainsKey(change.Key))
        );
        foreach (var refusal in FieldRules.Taken(given, plan.Type.Id, asked, byCustomer: false))
        {
            yield return refusal;
        }

        // Emptying a field that the type there has, or taking its value elsewhere, is changing it.
        var emptied = command.Fields.Where(field => plan.Type.Fields.Contains(field.Key) && field.Value != field.Key);
        var changed = given.Keys.Union(emptied.Select(field => field.Key));
        foreach (var refusal in FieldRules.ForRole(changed, asked.Ticket.Status, asked))
        {
            yield return refusal;
        }

        // The product itself fills no forms.
        if (asked.Viewer is not null)
        {
            foreach (var refusal in FieldRules.Filled(plan.Needed, plan.Changes, asked))
            {
                yield return refusal;
            }
        }
    }

    // Who does not work on the other desk no longer has it.
    private static IEnumerable<TicketEvent> Moved(
        TicketQuestion asked,
        DeskDocument desk,
        RequestTypeDocument? requestType,
        MovePlan plan
    )
    {
        var (ticket, status) = (asked.Ticket, plan.Status!);
        foreach (var attached in FieldFiles.Attached(asked, plan.Changes, byCustomer: false))
        {
            yield return attached;
        }

        yield return new TicketMoved(
            ticket.Key,
            asked.ReservedOn(desk.Id).Key,
            plan.Type.Id,
            status.Id,
            status.Category,
            status.Closes
        )
        {
            RequestType = requestType?.Id,
            StatusBefore = ticket.Status,
            Fields = plan.Changes,
            Mapped = plan.Mapped,
            Dropped = plan.Dropped,
        };

        // What one type's status asked for is no answer to another type's; its status asks anew.
        var asks = plan.Type.Id != ticket.Type && status.Id == ticket.Status;
        foreach (
            var approval in ticket.Approvals.Where(one =>
                asks && one.State == ApprovalState.Pending && one.ForStatus == ticket.Status
            )
        )
        {
            yield return new ApprovalEnded(approval.Id, ApprovalState.Withdrawn, null, approval.CustomersSee);
        }

        var (assignee, team) = WhoStays(ticket, desk, asked.Facts, asked.Configuration);
        if (assignee != ticket.Assignee || team != ticket.Team)
        {
            yield return new TicketAssigned(assignee, team);
        }
    }

    private static (PersonId? Assignee, TeamId? Team) WhoStays(
        TicketState ticket,
        DeskDocument desk,
        DecisionFacts facts,
        IConfiguration configuration
    ) =>
        (
            ticket.Assignee is { } person
            && facts.Find(person) is { } agent
            && facts.WorksOn(desk, agent, configuration)
                ? ticket.Assignee
                : null,
            ticket.Team is { } id && facts.Find(id) is { } known && DeskAccess.Takes(desk, known) ? ticket.Team : null
        );
}
