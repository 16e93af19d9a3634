using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>
/// A new ticket learns for whom it is worked, and books itself where its contract says so. To a budget that refuses it books a
/// moment later, see <see cref="OpeningReaction"/>.
/// </summary>
public sealed class CoverPolicy : ITicketPolicy
{
    /// <inheritdoc/>
    public IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (before is not null || context.Fact<CrmFacts>()?.Opening is not { Account: not null } found)
        {
            yield break;
        }

        yield return found.ToEvent(byHand: false);
        if (
            found is { BooksOpenings: true, Contract: { } contract }
            && context.Fact<CrmFacts>()!.Budget(contract)
                is { Others.Unit: BudgetUnit.Tickets, WhenSpent: WhenSpent.Allow }
        )
        {
            yield return new BudgetBooked(contract, found.Number, BudgetUnit.Tickets, 1, "");
        }
    }
}
