using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Reading;

/// <summary>A linked ticket as a viewer may see it.</summary>
/// <param name="Type">The id of the link type.</param>
/// <param name="Direction">From which end it is read here.</param>
/// <param name="Words">How it reads here.</param>
/// <param name="Ticket">The other ticket.</param>
/// <param name="Status">The name of its status for this viewer.</param>
/// <param name="MayChange">Whether the viewer works on its desk and may take the link away.</param>
public sealed record SeenLink(
    string Type,
    LinkDirection Direction,
    LocalizedText Words,
    TicketState Ticket,
    LocalizedText Status,
    bool MayChange
);

/// <summary>What a viewer may see of a ticket's links. What lies behind a link and may not be seen is not even counted.</summary>
/// <param name="Parent">The parent; null when there is none, or none to be seen.</param>
/// <param name="Children">The children.</param>
/// <param name="Others">All other links, by type.</param>
/// <param name="Remote">Pages elsewhere; none for customers.</param>
public sealed record SeenLinks(
    SeenLink? Parent,
    IReadOnlyList<SeenLink> Children,
    IReadOnlyList<SeenLink> Others,
    IReadOnlyList<RemoteLink> Remote
)
{
    /// <summary>How many children are done.</summary>
    public int DoneChildren => Children.Count(child => child.Ticket.Category == StatusCategory.Done);

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => Parent is null && Children.Count + Others.Count + Remote.Count == 0;
}

/// <summary>Reads links with the rights of who looks.</summary>
public sealed class LinkBoard(ITicketQueries queries, IConfigurationReader configuration)
{
    /// <summary>The links of a ticket that the viewer may see. A customer of the ticket sees only types for customers.</summary>
    public async Task<SeenLinks> ForAsync(Viewer viewer, TicketState ticket, CancellationToken cancellation = default)
    {
        var (current, links) = (configuration.Current, ticket.Links());
        var works = viewer.WorksOn(ticket.Desk);
        var shown = links.Links.Where(link => works || CustomersSee(link, current)).ToList();
        var tickets =
            shown.Count == 0
                ? new Dictionary<TicketId, TicketSnapshot>()
                : await queries.FindByIdAsync(viewer, [.. shown.Select(link => link.Other)], cancellation);
        var seen = shown
            .Where(link => tickets.ContainsKey(link.Other))
            .Select(link => (Link: link, Seen: Of(link, tickets[link.Other].State, viewer, current)))
            .OrderBy(pair => OrderOf(pair.Link.Type, current))
            .ThenBy(pair => pair.Link.Direction)
            .ToList();
        return new SeenLinks(
            seen.Find(pair => pair.Link.Other == links.Parent && pair.Link.Hierarchical).Seen,
            [.. seen.Where(pair => links.Children.Contains(pair.Link)).Select(pair => pair.Seen)],
            [.. seen.Where(pair => !pair.Link.Hierarchical).Select(pair => pair.Seen)],
            works ? links.Remote : []
        );
    }

    /// <summary>The ways in which tickets can be linked, with the words of each end.</summary>
    public IReadOnlyList<LinkChoice> Choices() =>
        [.. configuration.Current.All<LinkTypeDocument>().OrderBy(type => type.Order).SelectMany(LinkChoice.Of)];

    private static SeenLink Of(TicketLink link, TicketState other, Viewer viewer, IConfiguration configuration)
    {
        var works = viewer.WorksOn(other.Desk);
        return new SeenLink(
            link.Type,
            link.Direction,
            LinkChoice.WordsOf(configuration, link.Type, link.Direction),
            other,
            StatusNames.Of(configuration, other, isCustomer: !works),
            works
        );
    }

    private static bool CustomersSee(TicketLink link, IConfiguration configuration) =>
        configuration.TryGet<LinkTypeDocument>(link.Type, out var type) && type.CustomersSee;

    private static int OrderOf(string type, IConfiguration configuration) =>
        configuration.TryGet<LinkTypeDocument>(type, out var document) ? document.Order : int.MaxValue;
}

/// <summary>A way in which tickets can be linked, read from one end.</summary>
/// <param name="Type">The id of the link type.</param>
/// <param name="Direction">From which end.</param>
/// <param name="Words">How it reads from there.</param>
public sealed record LinkChoice(string Type, LinkDirection Direction, LocalizedText Words)
{
    /// <summary>The choice as a form sends it: <c>blocks:out</c>.</summary>
    public string Value => LinkWords.Of(Type, Direction);

    /// <summary>The ends of a type.</summary>
    public static IEnumerable<LinkChoice> Of(LinkTypeDocument type) =>
        type.Inward is null
            ? [new(type.Id, LinkDirection.Both, type.Outward)]
            : [new(type.Id, LinkDirection.Outward, type.Outward), new(type.Id, LinkDirection.Inward, type.Inward)];

    /// <summary>The words of a link; its type's id when the type is gone.</summary>
    public static LocalizedText WordsOf(IConfiguration configuration, string type, LinkDirection direction) =>
        !configuration.TryGet<LinkTypeDocument>(type, out var document) ? LocalizedText.Of(type)
        : direction == LinkDirection.Inward ? document.Inward ?? document.Outward
        : document.Outward;

    /// <summary>Reads what a form sent; null when it is none.</summary>
    public static (string Type, LinkDirection Direction)? Read(string? value)
    {
        var parts = (value ?? string.Empty).Split(':');
        LinkDirection? direction = parts is [_, var end]
            ? end switch
            {
                "out" => LinkDirection.Outward,
                "in" => LinkDirection.Inward,
                "both" => LinkDirection.Both,
                _ => null,
            }
            : null;
        return direction is { } found ? (parts[0], found) : null;
    }
}

/// <summary>Names of statuses.</summary>
public static class StatusNames
{
    /// <summary>The name of the ticket's status for agents, or as customers read it; the id when the workflow does not know it.</summary>
    public static LocalizedText Of(IConfiguration configuration, TicketState ticket, bool isCustomer)
    {
        var status =
            configuration.TryGet<TicketTypeDocument>(ticket.Type, out var type)
            && configuration.TryGet<WorkflowDocument>(type.Workflow, out var workflow)
                ? workflow.Statuses.FirstOrDefault(one => one.Id == ticket.Status)
                : null;
        return (isCustomer ? status?.CustomerName : null) ?? status?.Name ?? LocalizedText.Of(ticket.Status);
    }
}
