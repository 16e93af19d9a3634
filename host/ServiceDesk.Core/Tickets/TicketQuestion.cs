using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>A command put to a ticket, with all that its decision may look at.</summary>
/// <param name="Before">The ticket, timers caught up; null when it is being opened.</param>
/// <param name="Context">The command, the instant and the configuration.</param>
/// <param name="Facts">People that <see cref="FactsQuestion"/> asked for.</param>
/// <param name="Reservation">Identity and key, where <see cref="TicketEngine.DeskToReserve"/> names a desk.</param>
/// <param name="Condition">Answers the conditions of transitions.</param>
public sealed record TicketQuestion(
    TicketSnapshot? Before,
    DecisionContext Context,
    DecisionFacts Facts,
    TicketReservation? Reservation,
    TicketCondition Condition
)
{
    /// <summary>The ticket's state.</summary>
    internal TicketState Ticket =>
        Before?.State ?? throw new InvalidOperationException("The command is for a ticket that exists.");

    internal Instant Now => Context.Now;

    internal IConfiguration Configuration => Context.Configuration;

    internal Viewer? Viewer => Context.Envelope.Viewer;

    /// <summary>The person who asks, or as whom a rule or script asks; null for the product.</summary>
    internal PersonId? Person => Viewer?.Person.Id ?? Context.Envelope.Actor.Person;

    internal bool IsImport => Context.Envelope.Actor.Kind == ActorKind.Import;

    /// <summary>How the one who asks stands to the ticket.</summary>
    internal Standing Standing => TicketAccess.StandingOf(Viewer, Ticket);

    internal WorkflowDocument? Workflow => Configuration.WorkflowOf(Ticket.Type);

    internal DeskDocument? Desk(string key) => Configuration.TryGet<DeskDocument>(key, out var desk) ? desk : null;

    /// <summary>The reserved identity and key.</summary>
    /// <exception cref="InvalidOperationException">The grain reserved nothing, or on another desk: a fault of the host.</exception>
    internal TicketReservation ReservedOn(string desk) =>
        Reservation is { } reservation && reservation.Key.Desk == desk
            ? reservation
            : throw new InvalidOperationException($"No key was reserved on {desk}.");
}
