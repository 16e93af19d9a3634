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
    /// <summary>Whether it holds on a desk.</summary>
    public bool IsFor(string desk) => Desks.Count == 0 || Desks.Contains(desk, StringComparer.Ordinal);
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
    ValueList<Entitlement> Entitlements
);

/// <summary>Which contract and plan a ticket gets. Pure.</summary>
public static class Cover
{
    /// <summary>
    /// Of the contracts that hold on the day and promise something on the desk: first those that name the desk, then those of the
    /// account itself, then those of the accounts above from the nearest on, then the one that began last, then by number.
    /// </summary>
    public static (CoverOffer Offer, Entitlement Entitlement)? Choose(
        IEnumerable<CoverOffer> offers,
        string desk,
        LocalDate day
    )
    {
        var best = offers
            .Where(offer => offer.Distance == 0 || offer.CoversChildren)
            .Where(offer => ContractLife.Holds(offer.State, offer.Starts, offer.Ends, day))
            .SelectMany(offer =>
                offer.Entitlements.Where(one => one.IsFor(desk)).Select(one => (Offer: offer, Entitlement: one))
            )
            .OrderBy(found => found.Entitlement.Desks.Count == 0 ? 1 : 0)
            .ThenBy(found => found.Offer.Distance)
            .ThenByDescending(found => found.Offer.Starts)
            .ThenBy(found => found.Offer.Number, StringComparer.Ordinal)
            .ToList();
        return best.Count == 0 ? null : best[0];
    }

    /// <summary>The promise of one contract on a desk; null when it promises nothing there.</summary>
    public static Entitlement? On(IEnumerable<Entitlement> entitlements, string desk) =>
        entitlements.Where(one => one.IsFor(desk)).OrderBy(one => one.Desks.Count == 0 ? 1 : 0).FirstOrDefault();
}
