using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Puts rules together: a rule is null, or the no it says.</summary>
internal static class Rules
{
    /// <summary>The events, unless rules say no; then every no is told, so that a form can show them all at once.</summary>
    public static Decision Unless(IEnumerable<Refusal?> rules, Func<IEnumerable<TicketEvent>> events)
    {
        var refusals = rules.OfType<Refusal>().ToList();
        return refusals.Count > 0 ? Decision.Refuse(refusals) : Decision.Accept(events());
    }

    /// <summary>Only who works on the desk may.</summary>
    public static Refusal? OnlyAgents(TicketQuestion asked) =>
        asked.Standing >= Standing.Works ? null : Refusal.Forbidden(RefusalCodes.AgentsOnly);

    /// <summary>Only agents, the requester and participants may; a colleague of the requester only reads.</summary>
    public static Refusal? OnlyWhoTakesPart(TicketQuestion asked) =>
        asked.Standing >= Standing.TakesPart ? null : Refusal.Forbidden(RefusalCodes.CustomersOfTicketOnly);

    /// <summary>Only the product itself may.</summary>
    public static Refusal? OnlyProduct(TicketQuestion asked) =>
        asked.Viewer is null ? null : Refusal.Forbidden(RefusalCodes.ProductOnly);

    /// <summary>Only importers may.</summary>
    public static Refusal? OnlyImporters(TicketQuestion asked) =>
        asked.IsImport && asked.Viewer is null ? null : Refusal.Forbidden(RefusalCodes.ImportersOnly);
}
