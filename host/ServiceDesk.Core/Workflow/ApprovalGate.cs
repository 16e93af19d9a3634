using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Workflow;

/// <summary>Whether the approval of a status holds a transition: the ways that it names open by its outcome alone. Pure.</summary>
public static class ApprovalGate
{
    /// <summary>The newest approval that the status asked for in this stay, and nobody by hand; null while there is none.</summary>
    public static Approval? OwnOf(TicketState ticket) =>
        ticket.Approvals.LastOrDefault(approval =>
            approval is { RequestedBy: null, ByCustomer: false }
            && approval.ForStatus == ticket.Status
            && approval.RequestedAt >= ticket.StatusSince
        );

    /// <summary>The no for a way that waits for the approval of the ticket's status; null for any other way, and once it was decided so.</summary>
    public static Refusal? Against(WorkflowTransition way, TicketState ticket, WorkflowDocument workflow) =>
        workflow.Status(ticket.Status)?.Approval is { } approval
        && (approval.Approved == way.Id || approval.Declined == way.Id)
        && WayOf(approval, OwnOf(ticket)?.State) != way.Id
            ? Refusal.Conflict(RefusalCodes.ApprovalDecides, way.Id)
            : null;

    /// <summary>Whether the ticket stands in a status of the workflow whose approval nobody has given yet.</summary>
    public static bool Holds(TicketState ticket, WorkflowDocument workflow) =>
        workflow.Status(ticket.Status)?.Approval is not null && OwnOf(ticket)?.State != ApprovalState.Approved;

    private static string? WayOf(StatusApproval approval, ApprovalState? outcome) =>
        outcome switch
        {
            ApprovalState.Approved => approval.Approved,
            ApprovalState.Declined or ApprovalState.Expired => approval.Declined,
            _ => null,
        };
}
