using NodaTime;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>How a ticket came out of another one.</summary>
public enum OriginKind
{
    /// <summary>A message of the other one became a ticket of its own.</summary>
    Split = 1,

    /// <summary>It was opened as a copy of the other one.</summary>
    Duplicate = 2,
}

/// <summary>The ticket out of which another one came. Whoever opens one so works on the desk of that ticket.</summary>
/// <param name="Kind">How.</param>
/// <param name="Ticket">That ticket.</param>
/// <param name="Key">Its key then; a former one redirects.</param>
/// <param name="Comment">The message that was split off, internal or public; null for a copy.</param>
public sealed record TicketOrigin(OriginKind Kind, TicketId Ticket, TicketKey Key, long? Comment = null);

/// <summary>Note on a ticket what came out of it. Noted before, it changes nothing. For the product only.</summary>
/// <param name="Kind">How.</param>
/// <param name="Ticket">The new ticket.</param>
/// <param name="Key">Its key.</param>
/// <param name="Comment">The message that was split off; null for a copy.</param>
public sealed record NoteOffspring(OriginKind Kind, TicketId Ticket, TicketKey Key, long? Comment) : TicketCommand;

/// <summary>A message became a ticket of its own. The message stays.</summary>
/// <param name="Ticket">The new ticket.</param>
/// <param name="Key">Its key then.</param>
/// <param name="Comment">The message.</param>
[StoredName("ticket.split-off", 1)]
public sealed record TicketSplitOff(TicketId Ticket, TicketKey Key, long Comment) : TicketEvent;

/// <summary>A copy of it was opened.</summary>
/// <param name="Ticket">The copy.</param>
/// <param name="Key">Its key then.</param>
[StoredName("ticket.duplicated", 1)]
public sealed record TicketDuplicated(TicketId Ticket, TicketKey Key) : TicketEvent;

/// <summary>A ticket that came out of this one.</summary>
/// <param name="Kind">How.</param>
/// <param name="Ticket">The other ticket.</param>
/// <param name="Key">Its key then; a former one redirects.</param>
/// <param name="Comment">The message that was split off; null for a copy.</param>
/// <param name="At">When.</param>
public sealed record TicketOffspring(OriginKind Kind, TicketId Ticket, TicketKey Key, long? Comment, Instant At);
