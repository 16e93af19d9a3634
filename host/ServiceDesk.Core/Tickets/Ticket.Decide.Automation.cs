using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// Rules that an agent sets off.
public static partial class Ticket
{
    private static Decision Call(TicketQuestion asked, CallRule command) =>
        Rules.Unless([Rules.OnlyAgents(asked), WhyNotCall(asked, command.Rule)], () => [new RuleCalled(command.Rule)]);

    private static Refusal? WhyNotCall(TicketQuestion asked, string rule) =>
        asked.Configuration.TryGet<RuleDocument>(rule, out var document) && document.MayBeCalled(asked.Ticket.Desk)
            ? null
            : Refusal.Conflict(RefusalCodes.RuleNotCallable, rule);
}
