using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// Rules that an agent sets off.
public static partial class Ticket
{
    private static Decision Call(TicketQuestion asked, CallRule command) =>
        Rules.Unless([Rules.OnlyAgents(asked), WhyNotCall(asked, command.Rule)], () => [new RuleCalled(command.Rule)]);

    private static Decision Call(TicketQuestion asked, CallWebhook command) =>
        Rules.Unless(
            [WhyNotCall(asked, command)],
            () => [new WebhookCalled(command.Rule, command.Branch, command.Place)]
        );

    // Nobody but the rule sends it, whatever else the sender may.
    private static Refusal? WhyNotCall(TicketQuestion asked, CallWebhook command) =>
        asked.Context.Envelope.Actor is { Kind: ActorKind.Rule, Name: var name } && name == command.Rule
            ? null
            : Refusal.Forbidden(RefusalCodes.RuleNotCallable, command.Rule);

    private static Refusal? WhyNotCall(TicketQuestion asked, string rule) =>
        asked.Configuration.TryGet<RuleDocument>(rule, out var document) && document.MayBeCalled(asked.Ticket.Desk)
            ? null
            : Refusal.Conflict(RefusalCodes.RuleNotCallable, rule);
}
