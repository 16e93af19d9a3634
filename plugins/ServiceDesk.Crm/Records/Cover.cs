using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Records;

/// <summary>What a contract promises.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Policy">The id of the SLA policy; empty for none.</param>
/// <param name="Desks">Keys of the desks; empty for all.</param>
/// <param name="Products">Keys of the products; empty for all.</param>
public sealed record Entitlement(string Plan, string Policy, ValueList<string> Desks, ValueList<string> Products)
{
    /// <summary>Whether it holds for tickets of a desk and a product; one that names products holds for no ticket without one.</summary>
    /// <param name="product">The key of the ticket's product; empty for none.</param>
    public bool IsFor(string desk, string product) =>
        (Desks.Count == 0 || Desks.Contains(desk, StringComparer.Ordinal))
        && (Products.Count == 0 || Products.Contains(product, StringComparer.Ordinal));

    /// <summary>How much it leaves open: what names desk and product comes before what names the desk, that before the product, that before all.</summary>
    public int Breadth => (Desks.Count == 0 ? 2 : 0) + (Products.Count == 0 ? 1 : 0);
}

/// <summary>A contract that may cover a ticket.</summary>
/// <param name="Distance">0 for the account's own contract, 1 for one of the account above it, and so on.</param>
public sealed record CoverOffer(
    long Contract,
    string Number,
    int Distance,
    bool CoversChildren,
    ContractState State,
    LocalDate Starts,
    LocalDate Ends,
    ValueList<Entitlement> Entitlements,
    bool BooksOpenings = false
);

/// <summary>Which contract and plan a ticket gets. Pure.</summary>
public static class Cover
{
    /// <summary>
    /// Of the contracts that hold on the day and promise something on the desk for the product: first those that name the desk,
    /// then those that name the product, then those of the account itself, then those of the accounts above from the nearest on,
    /// then the one that began last, then by number.
    /// </summary>
    public static (CoverOffer Offer, Entitlement Entitlement)? Choose(
        IEnumerable<CoverOffer> offers,
        string desk,
        string product,
        LocalDate day
    )
    {
        var best = offers
            .Where(offer => offer.Distance == 0 || offer.CoversChildren)
            .Where(offer => ContractLife.Holds(offer.State, offer.Starts, offer.Ends, day))
            .SelectMany(offer =>
                offer
                    .Entitlements.Where(one => one.IsFor(desk, product))
                    .Select(one => (Offer: offer, Entitlement: one))
            )
            .OrderBy(found => found.Entitlement.Breadth)
            .ThenBy(found => found.Offer.Distance)
            .ThenByDescending(found => found.Offer.Starts)
            .ThenBy(found => found.Offer.Number, StringComparer.Ordinal)
            .ToList();
        return best.Count == 0 ? null : best[0];
    }

    /// <summary>The promise of one contract on a desk for a product; null when it promises nothing there.</summary>
    public static Entitlement? On(IEnumerable<Entitlement> entitlements, string desk, string product) =>
        entitlements.Where(one => one.IsFor(desk, product)).OrderBy(one => one.Breadth).FirstOrDefault();
}
