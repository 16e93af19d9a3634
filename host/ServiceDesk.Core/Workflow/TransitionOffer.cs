using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Workflow;

/// <summary>Which ways out of its status a ticket has for somebody.</summary>
public static class TransitionOffer
{
    /// <summary>The transitions that a viewer may take now, in order: their condition holds, no approval of the status decides them, and for customers they are theirs. A merged ticket has none. The buttons of a page.</summary>
    public static IReadOnlyList<WorkflowTransition> For(
        Viewer? viewer,
        TicketSnapshot ticket,
        IConfiguration configuration,
        TicketCondition condition,
        Instant now
    ) =>
        ticket.State.Merged is null && configuration.WorkflowOf(ticket.State.Type) is { } workflow
            ?
            [
                .. workflow
                    .TransitionsFrom(ticket.State.Status)
                    .Where(transition => IsFor(transition, viewer, ticket.State))
                    .Where(transition => ApprovalGate.Against(transition, ticket.State, workflow) is null)
                    .Where(transition => Holds(transition, ticket, configuration, condition, now)),
            ]
            : [];

    /// <summary>The transitions that would be for a viewer, were it not that the approval of the status decides them. What a page says in place of their buttons.</summary>
    public static IReadOnlyList<WorkflowTransition> HeldByApproval(
        Viewer? viewer,
        TicketState ticket,
        IConfiguration configuration
    ) =>
        ticket.Merged is null && configuration.WorkflowOf(ticket.Type) is { } workflow
            ?
            [
                .. workflow
                    .TransitionsFrom(ticket.Status)
                    .Where(transition => IsFor(transition, viewer, ticket))
                    .Where(transition => ApprovalGate.Against(transition, ticket, workflow) is not null),
            ]
            : [];

    /// <summary>Whether a transition is for somebody: for an agent of the desk whose role may take it, for a customer who takes part in the ticket where it is theirs, for the product always.</summary>
    public static bool IsFor(WorkflowTransition transition, Viewer? viewer, TicketState ticket) =>
        TicketAccess.StandingOf(viewer, ticket) switch
        {
            Standing.Product => true,
            Standing.Works => IsOfRole(transition, viewer!) || IsTheirs(transition, viewer!, ticket),
            Standing.TakesPart => transition.Customers,
            _ => false,
        };

    private static bool IsOfRole(WorkflowTransition transition, Viewer viewer) =>
        transition.Roles.Count == 0 || transition.Roles.Contains(viewer.Person.Role);

    // An agent who asked is a customer of the ticket too.
    private static bool IsTheirs(WorkflowTransition transition, Viewer viewer, TicketState ticket) =>
        transition.Customers && TicketAccess.IsCustomerOf(ticket, viewer.Person.Id);

    /// <summary>Whether the transition's condition holds.</summary>
    public static bool Holds(
        WorkflowTransition transition,
        TicketSnapshot ticket,
        IConfiguration configuration,
        TicketCondition condition,
        Instant now
    ) => string.IsNullOrWhiteSpace(transition.Condition) || condition(transition.Condition, ticket, now, configuration);
}
