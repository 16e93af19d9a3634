using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// Merge the ticket into another one that stays. It is then done and cannot be worked on until that is undone; its customers and
/// watchers follow to the other one, on which its conversation can be read. For agents who work on the desks of both.
/// </summary>
/// <param name="Into">The key of the ticket that stays, current or former.</param>
public sealed record MergeTicket(TicketKey Into) : TicketCommand;

/// <summary>Make a merged ticket one of its own again, as it was before. One that is not merged changes nothing.</summary>
public sealed record UndoMerge : TicketCommand;

/// <summary>Hold on the ticket that stays what the merge of another one says now. For the product only.</summary>
/// <param name="Ticket">The ticket that was merged, or is no longer.</param>
/// <param name="Key">Its key.</param>
/// <param name="IsMerged">Whether it is merged into this one.</param>
/// <param name="Customers">Its requester and participants.</param>
/// <param name="Watchers">Who watches it.</param>
public sealed record HoldMerged(
    TicketId Ticket,
    TicketKey Key,
    bool IsMerged,
    ValueList<PersonId> Customers,
    ValueList<PersonId> Watchers
) : TicketCommand;

/// <summary>It was merged into another ticket.</summary>
/// <param name="Into">The ticket that stays.</param>
/// <param name="IntoKey">Its key then.</param>
[StoredName("ticket.merged", 1)]
public sealed record TicketMerged(TicketId Into, TicketKey IntoKey) : TicketEvent;

/// <summary>It is a ticket of its own again.</summary>
/// <param name="Into">The ticket into which it was merged.</param>
/// <param name="IntoKey">Its key then.</param>
[StoredName("ticket.merge-undone", 1)]
public sealed record MergeUndone(TicketId Into, TicketKey IntoKey) : TicketEvent;

/// <summary>Another ticket was merged into it.</summary>
/// <param name="Ticket">The other ticket.</param>
/// <param name="Key">Its key then.</param>
/// <param name="Participants">Who takes part because of it.</param>
/// <param name="Watchers">Who watches because of it.</param>
[StoredName("ticket.taken-in", 1)]
public sealed record TicketTakenIn(
    TicketId Ticket,
    TicketKey Key,
    ValueList<PersonId> Participants,
    ValueList<PersonId> Watchers
) : TicketEvent;

/// <summary>A ticket that was merged into it is one of its own again. Who came with it goes with it.</summary>
[StoredName("ticket.let-go", 1)]
public sealed record TicketLetGo(TicketId Ticket, TicketKey Key) : TicketEvent;

/// <summary>Where a merged ticket went, and how it stood before.</summary>
/// <param name="Ticket">The ticket that stays.</param>
/// <param name="Key">Its key when they were merged; a former one redirects.</param>
/// <param name="At">When.</param>
/// <param name="Before">How it stood.</param>
public sealed record MergedInto(TicketId Ticket, TicketKey Key, Instant At, StandingBeforeMerge Before);

/// <summary>How a ticket stood before it was merged, for the undoing. Each is as in <see cref="TicketState"/>.</summary>
public sealed record StandingBeforeMerge(
    string Status,
    StatusCategory Category,
    string? Resolution,
    Instant StatusSince,
    Instant? ResolvedAt,
    Instant? ClosedAt,
    int ReopenCount
);

/// <summary>A ticket that was merged into this one.</summary>
/// <param name="Ticket">Its identity.</param>
/// <param name="Key">Its key when they were merged.</param>
/// <param name="At">When.</param>
/// <param name="Participants">Who takes part because of it.</param>
/// <param name="Watchers">Who watches because of it.</param>
public sealed record TakenInTicket(
    TicketId Ticket,
    TicketKey Key,
    Instant At,
    ValueList<PersonId> Participants,
    ValueList<PersonId> Watchers
);
