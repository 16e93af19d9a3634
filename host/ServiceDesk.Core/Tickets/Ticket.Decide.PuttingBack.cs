using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// The way back from a bulk edit.
public static partial class Ticket
{
    private static Decision PutBack(TicketQuestion asked, PutBackStatus command)
    {
        var ticket = asked.Ticket;
        if (Rules.OnlyAgents(asked) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return asked.Workflow?.Status(command.To) switch
        {
            null => Decision.Refuse(
                Refusal.Conflict(RefusalCodes.StatusUnknown, TextRules.Shown(command.To)) with
                {
                    Field = "to",
                }
            ),
            _ when ticket.Status != command.From => Decision.Refuse(
                Refusal.Conflict(RefusalCodes.TransitionNotPossible, ticket.Status, command.To)
            ),
            { } status => Decision.Accept(Entering(ticket, BulkUndo.Transition, status, command.Resolution)),
        };
    }
}
