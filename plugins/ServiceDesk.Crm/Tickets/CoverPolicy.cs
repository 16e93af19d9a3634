using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>
/// A new ticket learns for whom it is worked, and books itself where its contract says so; to a budget that refuses it books a
/// moment later, see <see cref="OpeningReaction"/>. When its desk, organization or product changes the contract follows; where an agent chose
/// the contract, only the plan does.
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
        if (context.Fact<CrmFacts>() is not { Ground: { } ground } facts)
        {
            return [];
        }

        var product = after.Product(context.Configuration);
        return before is null ? Open(ground.For(after.Desk, product), facts)
            : (before.Desk, before.Organization, before.Product(context.Configuration))
            == (after.Desk, after.Organization, product)
                ? []
            : Again(after.Cover(), after.Desk, product, ground);
    }

    private static IEnumerable<TicketEvent> Open(CoverTarget found, CrmFacts facts)
    {
        yield return found.ToEvent(byHand: false);
        if (
            found is { BooksOpenings: true, Contract: { } contract }
            && facts.Budget(contract) is { Others.Unit: BudgetUnit.Tickets, WhenSpent: WhenSpent.Allow }
        )
        {
            yield return new BudgetBooked(contract, found.Number, BudgetUnit.Tickets, 1, "");
        }
    }

    private static IEnumerable<TicketEvent> Again(TicketCover now, string desk, string product, CoverGround ground)
    {
        var target = now.ByHand ? SamePaper(now, desk, product, ground) : ground.For(desk, product);
        if (target?.ToEvent(now.ByHand) is { } covered && !now.Says(covered))
        {
            yield return covered;
        }
    }

    private static CoverTarget? SamePaper(TicketCover now, string desk, string product, CoverGround ground) =>
        ground.Offers.FirstOrDefault(one => one.Contract == now.Contract) is { } offer
            ? CoverTarget.Nobody with
            {
                Account = ground.Account,
                AccountKey = ground.Key,
                AccountName = ground.Name,
                Contract = offer.Contract,
                Number = offer.Number,
                Entitlement = Cover.On(offer.Entitlements, desk, product),
            }
            : null;
}
