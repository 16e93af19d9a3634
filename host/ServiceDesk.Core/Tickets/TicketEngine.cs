using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>One pure step of a ticket: what the grain does between loading and committing.</summary>
/// <param name="After">The ticket after the step; null when it was refused and did not exist.</param>
/// <param name="Events">What is to be recorded, numbered after the ticket's version, positions 0; empty when refused or nothing changed.</param>
/// <param name="Refusals">Reasons for a no. Events of timers that were due before the command may stand beside them and are committed all the same.</param>
/// <param name="Timers">All instants that now follow from the state.</param>
public sealed record TicketStep(
    TicketSnapshot? After,
    ValueList<RecordedEvent> Events,
    ValueList<Refusal> Refusals,
    ValueList<DerivedTimer> Timers
);

/// <summary>
/// The pure heart of a grain: catches up on timers that were due before <c>now</c> (each recorded at the instant it was
/// due), decides the command, lets policies check and follow, evolves state, facets and clocks, and derives the timers.
/// </summary>
public sealed partial class TicketEngine(TicketExtensions extensions)
{
    /// <summary>What plugins add.</summary>
    public TicketExtensions Extensions { get; } = extensions;
}

/// <summary>Identity and key for a ticket that is being opened or moved, reserved before the decision so that it stays pure.</summary>
/// <param name="Id">The identity; for a move that of the ticket.</param>
/// <param name="Key">The key on the desk.</param>
public sealed record TicketReservation(TicketId Id, TicketKey Key);
