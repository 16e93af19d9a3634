using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>Plans the tickets that rules open.</summary>
internal static class RuleOpenings
{
    /// <summary>The opening, for the requester of the ticket that set the rule off, related to it where a plugin knows how.</summary>
    public static RulePlan Plan(RuleAction action, RuleScene scene, RuleVocabulary vocabulary)
    {
        var (fields, refusals) = RulePlanner.Fields(action, scene);
        var (assignee, team, nobody) = RulePlanner.Receivers(action, scene, (null, null));
        if (refusals.Count > 0 || nobody is not null)
        {
            return new RulePlan(null, nobody is null ? refusals : refusals.Add(nobody));
        }

        var state = scene.Ticket.State;
        var language = scene.LanguageOf(state.Requester);
        var open = new OpenTicket(
            action.Desk ?? state.Desk,
            action.Type,
            RequestType: null,
            RulePlanner.OneLine(scene.Plain(action.Summary ?? "{{ticket.summary}}", language)),
            action.Text is { } text ? scene.Markdown(text.In(language), language) : string.Empty,
            state.Requester,
            state.Organization,
            action.Priority,
            Given(fields),
            Channel.Automation
        )
        {
            IsPrivate = state.IsPrivate,
            Assignee = assignee,
            ToStandIn = RulePlanner.IsToStandIn(action),
            Team = team,
            Labels = action.AddLabels.Select(RulePlanner.Label).ToValueList(),
            Then = Joining(action.Join, scene, vocabulary),
        };
        return RulePlan.To(open);
    }

    /// <summary>A plugin's command; one that opens a ticket relates it, where the plugin's action says how.</summary>
    public static TicketCommand Joined(
        TicketCommand command,
        string? join,
        RuleScene scene,
        RuleVocabulary vocabulary
    ) =>
        command is OpenTicket open ? open with { Then = [.. open.Then, .. Joining(join, scene, vocabulary)] } : command;

    // The plugin that relates tickets may be switched off meanwhile: the ticket is opened without it.
    private static ValueList<TicketCommand> Joining(string? join, RuleScene scene, RuleVocabulary vocabulary) =>
        join is { } way && vocabulary.Joining(way, scene.Configuration) is { Join: { } relate }
            ? [relate(scene.Ticket.State.Key, way)]
            : [];

    private static ValueMap<FieldValue> Given(ValueMap<FieldValue?> fields)
    {
        var given = ValueMap<FieldValue>.Empty;
        foreach (var (id, value) in fields)
        {
            if (value is not null)
            {
                given = given.SetItem(id, value);
            }
        }

        return given;
    }
}
