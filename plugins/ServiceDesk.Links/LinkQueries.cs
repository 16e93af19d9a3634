using System.Globalization;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links;

/// <summary>Links in the query language: <c>linked("is blocked by")</c>, <c>linkedTo(ITSD-95)</c>, <c>causedBy(ITSD-95)</c>, <c>childOf(ITSD-95)</c>.</summary>
internal static class LinkQueries
{
    private const string CausesType = "causes";

    public static QueryFunctionDefinition Linked { get; } =
        new(
            "linked",
            QueryArgumentKind.Text,
            ticket => ticket.Links().Links.Select(link => link.Word).Distinct(StringComparer.Ordinal).ToValueList()
        )
        {
            Mean = Mean,
            Suggest = Suggest,
        };

    /// <summary>The tickets that are linked in a way, read from either end.</summary>
    public static DocumentUseDefinition OfType { get; } = new(DocumentKinds.LinkType, Linked.Name, WordsOf);

    public static QueryFunctionDefinition LinkedTo { get; } =
        new("linkedTo", QueryArgumentKind.TicketKey, ticket => Words(ticket.Links().Others));

    public static QueryFunctionDefinition CausedBy { get; } =
        new(
            "causedBy",
            QueryArgumentKind.TicketKey,
            ticket =>
                Words(
                    ticket
                        .Links()
                        .Links.Where(link => link is { Type: CausesType, Direction: LinkDirection.Inward })
                        .Select(link => link.Other)
                        .Distinct()
                )
        );

    public static QueryFunctionDefinition ChildOf { get; } =
        new(
            "childOf",
            QueryArgumentKind.TicketKey,
            ticket => ticket.Links().Parent is { } parent ? Words([parent]) : []
        );

    public static QueryFieldDefinition OpenChildren { get; } =
        new(
            "open-children",
            QueryFieldKind.Number,
            ticket =>
                ticket.Links().Children.Any()
                    ? new NumberValue(ticket.Links().Children.Count(child => child.Category != StatusCategory.Done))
                    : null
        );

    // The words of one end mean that end; the id or name of a type means both. A link that was made before its type read
    // otherwise keeps its end, so each end is known by its own word.
    private static ValueList<string> Mean(IConfiguration configuration, string text)
    {
        var types = configuration.All<LinkTypeDocument>();
        if (types.SelectMany(type => WordsOf(type.Id)).FirstOrDefault(word => Same(word, text)) is { } end)
        {
            return [end];
        }

        var ends = types.SelectMany(Ends).ToList();
        var named = ends.Where(end => end.Words.Texts.Values.Any(words => Same(words, text))).ToList();
        var meant = named.Count > 0 ? named : ends.Where(end => IsNamed(end.Type, text)).ToList();
        return meant.Select(end => LinkWords.Of(end.Type.Id, end.Direction)).ToValueList();
    }

    private static ValueList<string> Suggest(IConfiguration configuration) =>
        configuration
            .All<LinkTypeDocument>()
            .OrderBy(type => type.Order)
            .SelectMany(Ends)
            .Select(end => end.Words.ToString())
            .Distinct(StringComparer.Ordinal)
            .ToValueList();

    private static IEnumerable<(LinkTypeDocument Type, LinkDirection Direction, LocalizedText Words)> Ends(
        LinkTypeDocument type
    ) =>
        type.Inward is null
            ? [(type, LinkDirection.Both, type.Outward)]
            : [(type, LinkDirection.Outward, type.Outward), (type, LinkDirection.Inward, type.Inward)];

    private static ValueList<string> WordsOf(string type) =>
        Enum.GetValues<LinkDirection>().Select(direction => LinkWords.Of(type, direction)).ToValueList();

    private static bool IsNamed(LinkTypeDocument type, string text) =>
        Same(type.Id, text) || type.Name.Texts.Values.Any(name => Same(name, text));

    private static bool Same(string one, string other) =>
        string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);

    private static ValueList<string> Words(IEnumerable<TicketId> tickets) =>
        tickets.Select(ticket => ticket.Value.ToString(CultureInfo.InvariantCulture)).ToValueList();
}
