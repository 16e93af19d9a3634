using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Another ticket that a command names, as far as the one who asks may see it.</summary>
/// <param name="Ticket">It, as it was when it was looked up.</param>
/// <param name="WorksThere">Whether who asks works on its desk.</param>
public sealed record RelatedTicket(TicketState Ticket, bool WorksThere);
