using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

public static partial class Ticket
{
    private static Decision Move(TicketQuestion asked, MoveTicket command)
    {
        var ticket = asked.Ticket;
        var type = command.Type ?? ticket.Type;
        if (command.Desk == ticket.Desk && type == ticket.Type && Rules.OnlyAgents(asked) is null)
        {
            return Decision.Accept();
        }

        return (WhyNotMove(asked, command, type), asked.Desk(command.Desk), asked.Configuration.WorkflowOf(type)) switch
        {
            ({ } refusal, _, _) => Decision.Refuse(refusal),
            (_, { } desk, { } workflow) when workflow.Counterpart(ticket) is { } status => Decision.Accept(
                Moved(asked, desk, type, status)
            ),
            _ => Decision.Refuse(Refusal.Conflict(RefusalCodes.WorkflowBroken, type)),
        };
    }

    // Agents who may move it do, to another desk that works such tickets.
    private static Refusal? WhyNotMove(TicketQuestion asked, MoveTicket command, string type)
    {
        var desk = asked.Desk(command.Desk);
        return Rules.OnlyAgents(asked)
            ?? (
                asked.Viewer?.May(Permissions.MoveTickets) == false
                    ? Refusal.Forbidden(RefusalCodes.MoveNotAllowed)
                    : null
            )
            ?? (desk is null ? Refusal.Invalid(RefusalCodes.DeskUnknown, "desk", TextRules.Shown(command.Desk)) : null)
            ?? (
                command.Desk == asked.Ticket.Desk
                    ? Refusal.Invalid(RefusalCodes.MoveSameDesk, "desk", command.Desk)
                    : null
            )
            ?? (
                desk!.Types.Contains(type)
                    ? null
                    : Refusal.Invalid(RefusalCodes.TypeUnknown, "type", TextRules.Shown(type), desk.Id)
            );
    }

    // Who does not work on the other desk no longer has it.
    private static IEnumerable<TicketEvent> Moved(
        TicketQuestion asked,
        DeskDocument desk,
        string type,
        WorkflowStatus status
    )
    {
        var ticket = asked.Ticket;
        yield return new TicketMoved(
            ticket.Key,
            asked.ReservedOn(desk.Id).Key,
            type,
            status.Id,
            status.Category,
            status.Closes
        );

        var assignee =
            ticket.Assignee is { } person
            && asked.Facts.Find(person) is { } agent
            && asked.Facts.WorksOn(desk, agent, asked.Configuration)
                ? ticket.Assignee
                : null;
        var team =
            ticket.Team is { } id && asked.Facts.Find(id) is { } known && DeskAccess.Takes(desk, known)
                ? ticket.Team
                : null;
        if (assignee != ticket.Assignee || team != ticket.Team)
        {
            yield return new TicketAssigned(assignee, team);
        }
    }
}
