using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Api;

/// <summary>A wanted link.</summary>
/// <param name="Type">The id of a link type.</param>
/// <param name="Direction"><c>outward</c>, <c>inward</c>, or <c>both</c> where both ends read the same; missing is outward.</param>
/// <param name="Other">The other ticket's key.</param>
public sealed record LinkBody(string? Type, string? Direction, string? Other)
{
    internal LinkTickets? Command() =>
        TicketKey.TryParse(Other, out var key) && Type is not null && DirectionOf(Direction) is { } direction
            ? new LinkTickets(Type, direction, key)
            : null;

    internal static LinkDirection? DirectionOf(string? word) =>
        word switch
        {
            null or "" or "outward" => LinkDirection.Outward,
            "inward" => LinkDirection.Inward,
            "both" => LinkDirection.Both,
            _ => null,
        };

    internal static string WordOf(LinkDirection direction) =>
        direction switch
        {
            LinkDirection.Outward => "outward",
            LinkDirection.Inward => "inward",
            _ => "both",
        };
}

/// <summary>A page elsewhere.</summary>
/// <param name="Url">An absolute address.</param>
/// <param name="Title">May be missing.</param>
public sealed record PageBody(string? Url, string? Title);

/// <summary>A ticket to open, linked with the one of the address.</summary>
/// <param name="Type">The id of a link type.</param>
/// <param name="Direction">How the ticket of the address reads the link.</param>
/// <param name="Desk">The desk's key; missing is that of the ticket.</param>
/// <param name="TicketType">The ticket type; missing is that of the ticket.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Markdown; may be missing.</param>
public sealed record LinkedTicketBody(
    string? Type,
    string? Direction,
    string? Desk,
    string? TicketType,
    string? Summary,
    string? Description
);

/// <summary>The links of a ticket that the asking person may see.</summary>
public sealed record LinksAnswer(
    LinkAnswer? Parent,
    IReadOnlyList<LinkAnswer> Children,
    int ChildrenDone,
    IReadOnlyList<LinkAnswer> Links,
    IReadOnlyList<RemoteLink> Pages
)
{
    internal static LinksAnswer Of(SeenLinks links) =>
        new(
            links.Parent is null ? null : LinkAnswer.Of(links.Parent),
            [.. links.Children.Select(LinkAnswer.Of)],
            links.DoneChildren,
            [.. links.Others.Select(LinkAnswer.Of)],
            links.Remote
        );
}

/// <summary>A linked ticket.</summary>
public sealed record LinkAnswer(
    string Type,
    string Direction,
    string Words,
    string Key,
    string Summary,
    string Status,
    StatusCategory Category
)
{
    internal static LinkAnswer Of(SeenLink link) =>
        new(
            link.Type,
            LinkBody.WordOf(link.Direction),
            link.Words.ToString(),
            link.Ticket.Key.ToString(),
            link.Ticket.Summary,
            link.Status.ToString(),
            link.Ticket.Category
        );
}

/// <summary>A ticket that may be linked.</summary>
public sealed record CandidateAnswer(string Key, string Summary);

/// <summary>Tickets that may be linked.</summary>
public sealed record CandidatesAnswer(IReadOnlyList<CandidateAnswer> Items);

/// <summary>A way to link.</summary>
public sealed record LinkTypeAnswer(string Type, string Direction, string Words);

/// <summary>The ways to link.</summary>
public sealed record LinkTypesAnswer(IReadOnlyList<LinkTypeAnswer> Items)
{
    internal static LinkTypesAnswer Of(IReadOnlyList<LinkChoice> choices) =>
        new([
            .. choices.Select(choice => new LinkTypeAnswer(
                choice.Type,
                LinkBody.WordOf(choice.Direction),
                choice.Words.ToString()
            )),
        ]);
}
