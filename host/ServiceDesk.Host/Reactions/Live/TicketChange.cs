using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Live;

/// <summary>That a ticket changed: what it is now, and what happened. Never leaves the server as it is.</summary>
/// <param name="Position">The place in the log of the last of the events.</param>
public sealed record TicketChange(TicketState Ticket, IReadOnlyList<TicketEvent> Events, long Position)
{
    /// <summary>Whether it moved the time by which customers may expect a solution. They learn of that, not of what moved it.</summary>
    public bool MovesExpectation { get; init; }

    /// <summary>The configuration under which it is seen; null tells nothing of fields to who does not work on the desk.</summary>
    public IConfiguration? Configuration { get; init; }

    /// <summary>Whether the viewer may learn of the change: sees the ticket, and at least one thing that happened to it or came of it.</summary>
    public bool ConcernsWhatMaySee(Viewer viewer) =>
        (MovesExpectation && TicketAccess.MayRead(viewer, Ticket))
        || Events.Any(happened =>
            TicketAccess.MaySee(viewer, Ticket, happened)
            || TellsWhoReadsAlong(viewer, happened)
            || (
                Configuration is { } configuration
                && CustomerViews.ChangesField(viewer, Ticket, happened, configuration)
            )
        );

    // Who writes sees who reads along, though the history does not say it.
    private bool TellsWhoReadsAlong(Viewer viewer, TicketEvent happened) =>
        happened is TicketShared or TicketUnshared or OrganizationChanged
        && TicketAccess.StandingOf(viewer, Ticket) >= Standing.TakesPart;
}
