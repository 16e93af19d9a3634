using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Automation;

/// <summary>What belongs to the opening of a ticket: what policies of plugins add to it, such as the contract, comes in the same commit.</summary>
public static class Openings
{
    /// <summary>Whether an event came with the opening: by the same act, without anything between them in the log.</summary>
    public static bool CameWith(this RecordedEvent recorded, RecordedEvent opening) =>
        opening.Event is TicketOpened
        && recorded.Ticket == opening.Ticket
        && recorded.Position - opening.Position == recorded.Version - opening.Version
        && (recorded.At, recorded.Actor, recorded.Cause, recorded.Depth)
            == (opening.At, opening.Actor, opening.Cause, opening.Depth);
}
