using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Identity and key for a ticket that is being opened or moved, reserved before the decision so that it stays pure.</summary>
/// <param name="Id">The identity; for a move that of the ticket.</param>
/// <param name="Key">The key on the desk.</param>
public sealed record TicketReservation(TicketId Id, TicketKey Key);
