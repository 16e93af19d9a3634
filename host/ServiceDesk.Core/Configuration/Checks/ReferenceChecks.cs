using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Workflow;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>The checks of what the product itself works with: each document names only what exists, nothing twice, and can be worked with.</summary>
public static class ReferenceChecks
{
    /// <summary>One or more for each kind with a meaning of its own.</summary>
    public static IReadOnlyList<IDocumentCheck> All { get; } =
    [
        new FieldCheck(),
        new ApprovalCheck(),
        new HelpCentreCheck(),
        new WorkflowCheck(),
        new StatusApprovalCheck(),
        new TicketTypeCheck(),
        new DeskCheck(),
        new RequestTypeCheck(),
        new CalendarCheck(),
        new SlaReferenceCheck(),
        new QueueCheck(),
        new AssignmentCheck(),
        new LinkTypeCheck(),
        new ReportCheck(),
        new DashboardCheck(),
    ];
}
