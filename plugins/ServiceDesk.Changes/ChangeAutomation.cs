using ServiceDesk.Changes.Planning;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes;

/// <summary>Changes in rules: open one for a ticket, and ask the board that its kind needs.</summary>
internal static class ChangeAutomation
{
    private const string Kind = "kind";
    private const string Summary = "summary";
    private const string Desk = "desk";

    /// <summary>Opens a change for the ticket and relates both, where the plugin Links is there. Nothing where it is a change itself.</summary>
    public static RuleActionDefinition Open { get; } =
        new(
            "changes.open",
            "changes.rule.open",
            [
                new RuleParameter(Kind, "changes.rule.kind", IsRequired: true) { Choices = Kinds },
                new RuleParameter(Summary, "changes.rule.summary"),
                new RuleParameter(Desk, "changes.rule.desk") { Choices = Desks },
            ],
            (found, with) => found.State.IsChange() ? [] : [Opening(found.State, with)]
        )
        {
            Join = "relates:both",
        };

    /// <summary>Brings the change before its board, or the emergency board. A standard change needs none and is scheduled.</summary>
    public static RuleActionDefinition Submit { get; } =
        new(
            "changes.submit",
            "changes.rule.submit",
            [],
            (found, _) =>
                Next(found.State) is { } status && status != found.State.Status
                    ? [new TransitionTicket(status, null, ValueMap<FieldValue?>.Empty)]
                    : []
        );

    private static string? Next(TicketState ticket) =>
        ticket.IsChange()
            ? ticket.ChangeKind() switch
            {
                ChangeReading.Normal => ChangeReading.AwaitingApproval,
                ChangeReading.Emergency => ChangeReading.AwaitingEmergencyApproval,
                ChangeReading.Standard => ChangeReading.Scheduled,
                _ => null,
            }
            : null;

    private static OpenTicket Opening(TicketState ticket, ValueMap<string> with)
    {
        var fields = ValueMap<FieldValue>.Empty.SetItem(ChangeReading.KindField, new ChoiceValue(with[Kind]));
        return new OpenTicket(
            with.Find(Desk) ?? ticket.Desk,
            ChangesPlugin.Type,
            RequestType: null,
            with.Find(Summary) is { } words && words.Trim().Length > 0 ? words.Trim() : ticket.Summary,
            string.Empty,
            ticket.Assignee ?? ticket.Requester,
            ticket.Assignee is null ? ticket.Organization : null,
            ticket.Priority,
            ticket.Fields.Find(ChangeReading.ServicesField) is { } services
                ? fields.SetItem(ChangeReading.ServicesField, services)
                : fields,
            Channel.Automation
        )
        {
            // Whoever asks for it: it tells of the ticket.
            IsPrivate = ticket.IsPrivate,
        };
    }

    private static ValueList<RuleChoice> Kinds(IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(ChangeReading.KindField, out var field)
            ? field.Choices.Select(choice => new RuleChoice(choice.Id, choice.Name)).ToValueList()
            : [];

    private static ValueList<RuleChoice> Desks(IConfiguration configuration) =>
        configuration.All<DeskDocument>().Select(desk => new RuleChoice(desk.Id, desk.Name)).ToValueList();
}
