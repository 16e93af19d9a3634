using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links;

/// <summary>Links in rules: a linked ticket changed, link it, and "for its links, parent or children".</summary>
internal static class LinkAutomation
{
    private const string As = "as";
    private const string Status = "status";
    private const string Other = "other";

    public static RuleTriggerDefinition LinkedTicketChanged { get; } =
        new(
            "links.linked-ticket-changed",
            "links.rule.linked-ticket-changed",
            [
                new RuleParameter(As, "links.rule.as") { Choices = Ways },
                new RuleParameter(Status, "links.rule.status") { Choices = Categories },
            ],
            (recorded, with) =>
                recorded.Event is LinkedTicketChanged changed
                && (with.Find(As) is not { } way || changed.As.Contains(way))
                && (with.Find(Status) is not { } status || Word(changed.Category) == status)
        );

    public static RuleActionDefinition Link { get; } =
        new(
            "links.link",
            "links.rule.link",
            [
                new RuleParameter(As, "links.rule.as", IsRequired: true) { Choices = Ways },
                new RuleParameter(Other, "links.rule.other", IsRequired: true),
            ],
            (_, with) => TicketKey.TryParse(with[Other].Trim(), out var key) ? [To(key, with[As])] : []
        );

    public static RelationDefinition Linked { get; } =
        new(
            "links.linked",
            "links.rule.for-linked",
            (ticket, way) =>
                ticket
                    .Links()
                    .Links.Where(link => way is null || link.Word == way)
                    .Select(link => link.Other)
                    .Distinct()
                    .ToValueList()
        )
        {
            Ways = Ways,
            Join = To,
        };

    public static RelationDefinition Parent { get; } =
        new(
            "links.parent",
            "links.rule.for-parent",
            (ticket, _) => ticket.Links().Parent is { } parent ? [parent] : []
        );

    public static RelationDefinition Children { get; } =
        new(
            "links.children",
            "links.rule.for-children",
            (ticket, _) => ticket.Links().Children.Select(link => link.Other).ToValueList()
        );

    private static ValueList<RuleChoice> Categories(IConfiguration configuration) =>
        Enum.GetValues<StatusCategory>()
            .Select(category => new RuleChoice(Word(category), NameKey: $"links.rule.status-{Word(category)}"))
            .ToValueList();

    private static string Word(StatusCategory category) => category.ToString().ToLowerInvariant();

    // Each kind of link as one end of it reads.
    private static ValueList<RuleChoice> Ways(IConfiguration configuration) =>
        configuration
            .All<LinkTypeDocument>()
            .OrderBy(type => type.Order)
            .SelectMany(type =>
                type.Inward is { } inward
                    ? new[] { Way(type, LinkDirection.Outward, type.Outward), Way(type, LinkDirection.Inward, inward) }
                    : [Way(type, LinkDirection.Both, type.Outward)]
            )
            .ToValueList();

    private static RuleChoice Way(LinkTypeDocument type, LinkDirection direction, LocalizedText words) =>
        new(LinkWords.Of(type.Id, direction), words);

    private static LinkTickets To(TicketKey other, string way)
    {
        var place = way.LastIndexOf(':');
        var direction = way[(place + 1)..] switch
        {
            "out" => LinkDirection.Outward,
            "in" => LinkDirection.Inward,
            _ => LinkDirection.Both,
        };
        return new LinkTickets(place < 0 ? way : way[..place], direction, other);
    }
}
