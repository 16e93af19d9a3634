using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.State;

/// <summary>From which end a link is read.</summary>
public enum LinkDirection
{
    /// <summary>The link begins here: this ticket blocks the other.</summary>
    Outward = 1,

    /// <summary>The link ends here: this ticket is blocked by the other.</summary>
    Inward = 2,

    /// <summary>Both ends read the same: the tickets relate to each other.</summary>
    Both = 3,
}

/// <summary>One end of a link between two tickets, as it stands on this one. Keys move, so the other ticket's identity is kept.</summary>
/// <param name="Type">The id of the link type.</param>
/// <param name="Direction">From which end it is read here.</param>
/// <param name="Other">The other ticket.</param>
/// <param name="Category">What the other's status meant when this ticket last heard of it.</param>
/// <param name="Hierarchical">Whether the type made parents and children when they were linked.</param>
public sealed record TicketLink(
    string Type,
    LinkDirection Direction,
    TicketId Other,
    StatusCategory Category,
    bool Hierarchical
)
{
    /// <summary>Whether it is the same link, whatever was heard of the other ticket since.</summary>
    public bool Is(string type, LinkDirection direction, TicketId other) =>
        Type == type && Direction == direction && Other == other;

    /// <summary>The link as a word of the query function <c>linked</c>.</summary>
    public string Word => LinkWords.Of(Type, Direction);
}

/// <summary>A link to a page elsewhere.</summary>
/// <param name="Url">An absolute address, http or https.</param>
/// <param name="Title">What people read.</param>
public sealed record RemoteLink(string Url, string Title);

/// <summary>The links of a ticket.</summary>
/// <param name="Links">To other tickets, in the order in which they were made.</param>
/// <param name="Remote">To pages elsewhere.</param>
public sealed record TicketLinks(ValueList<TicketLink> Links, ValueList<RemoteLink> Remote)
{
    /// <summary>None.</summary>
    public static TicketLinks None { get; } = new([], []);

    /// <summary>The parent; null when there is none.</summary>
    public TicketId? Parent =>
        Links.FirstOrDefault(link => link is { Hierarchical: true, Direction: LinkDirection.Inward })?.Other;

    /// <summary>The links to children.</summary>
    public IEnumerable<TicketLink> Children =>
        Links.Where(link => link is { Hierarchical: true, Direction: LinkDirection.Outward });

    /// <summary>The other tickets, each once.</summary>
    public IEnumerable<TicketId> Others => Links.Select(link => link.Other).Distinct();

    /// <summary>The link, when the ticket has it.</summary>
    public TicketLink? Find(string type, LinkDirection direction, TicketId other) =>
        Links.FirstOrDefault(link => link.Is(type, direction, other));
}

/// <summary>Reads the facet.</summary>
public static class TicketLinksReading
{
    /// <summary>The links of a ticket; none when it was never linked.</summary>
    public static TicketLinks Links(this TicketState ticket) =>
        ticket.Facet<TicketLinks>(LinksPlugin.Id) ?? TicketLinks.None;

    /// <summary>The direction in which the other end reads the link.</summary>
    public static LinkDirection Opposite(this LinkDirection direction) =>
        direction switch
        {
            LinkDirection.Outward => LinkDirection.Inward,
            LinkDirection.Inward => LinkDirection.Outward,
            _ => LinkDirection.Both,
        };
}

/// <summary>Links as words of the query language.</summary>
public static class LinkWords
{
    /// <summary>The word that a ticket has for each such link.</summary>
    public static string Of(string type, LinkDirection direction) =>
        direction switch
        {
            LinkDirection.Outward => type + ":out",
            LinkDirection.Inward => type + ":in",
            _ => type + ":both",
        };
}

/// <summary>The ticket was linked with another one. Recorded on both.</summary>
/// <param name="Type">The id of the link type.</param>
/// <param name="Direction">From which end it is read here.</param>
/// <param name="Other">The other ticket.</param>
/// <param name="Category">What the other's status meant then.</param>
/// <param name="Hierarchical">Whether the type makes parents and children.</param>
[StoredName("links.linked", 1)]
public sealed record TicketsLinked(
    string Type,
    LinkDirection Direction,
    TicketId Other,
    StatusCategory Category,
    bool Hierarchical
) : TicketEvent;

/// <summary>A link was taken away. Recorded on both tickets.</summary>
[StoredName("links.unlinked", 1)]
public sealed record TicketsUnlinked(string Type, LinkDirection Direction, TicketId Other) : TicketEvent;

/// <summary>A linked ticket changed its status.</summary>
/// <param name="Other">The ticket that changed.</param>
/// <param name="Category">What its status means now.</param>
/// <param name="As">How this ticket is linked with it, as <see cref="LinkWords"/> writes it: <c>blocks:in</c>.</param>
[StoredName("links.linked-ticket-changed", 1)]
public sealed record LinkedTicketChanged(TicketId Other, StatusCategory Category, ValueList<string> As) : TicketEvent;

/// <summary>A link to a page elsewhere was added, or its title changed.</summary>
[StoredName("links.page-linked", 1)]
public sealed record PageLinked(string Url, string Title) : TicketEvent;

/// <summary>A link to a page elsewhere was taken away.</summary>
[StoredName("links.page-unlinked", 1)]
public sealed record PageUnlinked(string Url) : TicketEvent;

/// <summary>Keeps a ticket's side of its links.</summary>
public sealed class LinksFacet : Facet<TicketLinks>
{
    /// <inheritdoc/>
    public override string Id => LinksPlugin.Id;

    /// <inheritdoc/>
    public override TicketLinks? Evolve(TicketLinks? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event switch
        {
            TicketsLinked e => With(current ?? TicketLinks.None, e),
            TicketsUnlinked e when current is not null => current with
            {
                Links = current.Links.Where(link => !link.Is(e.Type, e.Direction, e.Other)).ToValueList(),
            },
            LinkedTicketChanged e when current is not null => current with
            {
                Links = current
                    .Links.Select(link => link.Other == e.Other ? link with { Category = e.Category } : link)
                    .ToValueList(),
            },
            PageLinked e => With(current ?? TicketLinks.None, new RemoteLink(e.Url, e.Title)),
            PageUnlinked e when current is not null => current with
            {
                Remote = current.Remote.Where(remote => remote.Url != e.Url).ToValueList(),
            },
            _ => current,
        };

    private static TicketLinks With(TicketLinks current, TicketsLinked e) =>
        current.Find(e.Type, e.Direction, e.Other) is not null
            ? current
            : current with
            {
                Links = current.Links.Add(new TicketLink(e.Type, e.Direction, e.Other, e.Category, e.Hierarchical)),
            };

    private static TicketLinks With(TicketLinks current, RemoteLink remote) =>
        current with
        {
            Remote = current.Remote.Where(other => other.Url != remote.Url).Append(remote).ToValueList(),
        };
}
