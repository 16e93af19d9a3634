using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>That a ticket changed: what it is now, and what happened. Never leaves the server as it is.</summary>
/// <param name="Position">The place in the log of the last of the events.</param>
public sealed record TicketChange(TicketState Ticket, IReadOnlyList<TicketEvent> Events, long Position)
{
    /// <summary>Whether the viewer may learn of the change: sees the ticket, and at least one thing that happened to it.</summary>
    public bool ConcernsWhatMaySee(Viewer viewer) =>
        Events.Any(happened => TicketAccess.MaySee(viewer, Ticket, happened));
}
