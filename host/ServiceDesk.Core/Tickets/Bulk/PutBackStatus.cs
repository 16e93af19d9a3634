using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets.Bulk;

/// <summary>Put a ticket back to the status that a bulk edit took it from, whether or not its workflow has a way. Only the undo of the edit.</summary>
/// <param name="From">The status that it is in.</param>
/// <param name="To">The one before; must be one of its workflow.</param>
/// <param name="Resolution">The resolution before.</param>
public sealed record PutBackStatus(string From, string To, string? Resolution) : TicketCommand;
