using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// Statuses that a workflow no longer has.
public static partial class Ticket
{
    /// <summary>The id under which a change of status stands that a new version of the workflow made.</summary>
    public const string ReplaceTransition = "replace";

    private static Decision Replace(TicketQuestion asked)
    {
        if (asked.Viewer is { } viewer && !viewer.May(Permissions.Configure))
        {
            return Decision.Refuse(Refusal.Forbidden(RefusalCodes.ProductOnly));
        }

        var ticket = asked.Ticket;
        return asked.Workflow is { } workflow && workflow.ReplacementOf(ticket.Status) is { } status
            ? Decision.Accept(Entering(ticket, ReplaceTransition, status, null))
            : Decision.Accept();
    }
}
