using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Linking;

/// <summary>A command that names another ticket by its key.</summary>
public interface INamesOtherTicket
{
    /// <summary>The other ticket's key, current or former.</summary>
    TicketKey Other { get; }
}

/// <summary>Link the ticket with another one. The other end follows at once after the commit.</summary>
/// <param name="Type">The id of a link type.</param>
/// <param name="Direction">From which end it is read here; of no matter where both ends read the same.</param>
/// <param name="Other">The other ticket's key, current or former.</param>
public sealed record LinkTickets(string Type, LinkDirection Direction, TicketKey Other)
    : TicketCommand,
        INamesOtherTicket;

/// <summary>Take a link away, from both ends. One that is not there changes nothing.</summary>
public sealed record UnlinkTickets(string Type, LinkDirection Direction, TicketKey Other)
    : TicketCommand,
        INamesOtherTicket;

/// <summary>Make this end of a link like the other one. Only the plugin itself.</summary>
/// <param name="Type">The id of the link type.</param>
/// <param name="Direction">From which end it is read here.</param>
/// <param name="Other">The ticket that was linked or unlinked.</param>
/// <param name="Category">What its status means.</param>
/// <param name="Hierarchical">Whether the link makes parent and child.</param>
/// <param name="IsLinked">Whether the other end has the link.</param>
public sealed record MirrorLink(
    string Type,
    LinkDirection Direction,
    TicketId Other,
    StatusCategory Category,
    bool Hierarchical,
    bool IsLinked
) : TicketCommand;

/// <summary>Note that a linked ticket changed its status. Only the plugin itself.</summary>
/// <param name="Other">The ticket that changed.</param>
/// <param name="Category">What its status means.</param>
/// <param name="IsNews">Whether it has another status for certain; otherwise only another meaning of it counts.</param>
public sealed record NoteLinkedTicket(TicketId Other, StatusCategory Category, bool IsNews) : TicketCommand;

/// <summary>Link a page elsewhere; one that is linked already gets the title.</summary>
/// <param name="Url">An absolute address, http or https, at most 2,000 characters.</param>
/// <param name="Title">At most 200 characters; empty shows the address's host.</param>
public sealed record LinkPage(string Url, string Title) : TicketCommand;

/// <summary>Take the link to a page elsewhere away. One that is not there changes nothing.</summary>
public sealed record UnlinkPage(string Url) : TicketCommand;
