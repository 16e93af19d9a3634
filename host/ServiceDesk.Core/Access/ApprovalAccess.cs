using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Access;

/// <summary>Who sees an approval of a ticket: its agents, whom it concerns, and its customers where it says so.</summary>
public static class ApprovalAccess
{
    /// <summary>Whether the viewer may see the approval; null is the product itself.</summary>
    public static bool MaySee(Viewer? viewer, TicketState ticket, Approval approval) =>
        TicketAccess.StandingOf(viewer, ticket) switch
        {
            >= Standing.Works => true,
            >= Standing.Reads => approval.CustomersSee || approval.Concerns(viewer!.Person.Id),
            _ => false,
        };

    /// <summary>The approvals that the viewer may see, oldest first.</summary>
    public static IEnumerable<Approval> Visible(Viewer viewer, TicketState ticket) =>
        ticket.Approvals.Where(approval => MaySee(viewer, ticket, approval));

    /// <summary>Whether the person is asked for an approval of the ticket now, or has answered one.</summary>
    public static bool IsAsked(TicketState ticket, PersonId person) =>
        ticket.Approvals.Any(approval => approval.Concerns(person));
}
