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
    /// <summary>The transitions that a viewer may take now, in order: their condition holds, and for customers they are theirs. The buttons of a page.</summary>
    public static IReadOnlyList<WorkflowTransition> For(
        Viewer? viewer,
        TicketSnapshot ticket,
        IConfiguration configuration,
        TicketCondition condition,
        Instant now
    ) =>
        configuration.WorkflowOf(ticket.State.Type) is { } workflow
            ?
            [
                .. workflow
                    .TransitionsFrom(ticket.State.Status)
                    .Where(transition => IsFor(transition, TicketAccess.StandingOf(viewer, ticket.State)))
                    .Where(transition => Holds(transition, ticket, configuration, condition, now)),
            ]
            : [];

    /// <summary>Whether a transition is for somebody who stands so to the ticket.</summary>
    public static bool IsFor(WorkflowTransition transition, Standing standing) =>
        standing >= Standing.Works || (standing == Standing.TakesPart && transition.Customers);

    /// <summary>Whether the transition's condition holds.</summary>
    public static bool Holds(
        WorkflowTransition transition,
        TicketSnapshot ticket,
        IConfiguration configuration,
        TicketCondition condition,
        Instant now
    ) => string.IsNullOrWhiteSpace(transition.Condition) || condition(transition.Condition, ticket, now, configuration);
}
