using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>An account with a contract, as a ticket may get them.</summary>
/// <param name="Asked">What was named: the account's key and the contract's number; empty for what follows from the requester.</param>
/// <param name="WhyNot">Why it may not be chosen.</param>
public sealed record CoverTarget(
    (string Account, string Contract) Asked,
    long? Account,
    string AccountKey,
    string AccountName,
    long? Contract,
    string Number,
    Entitlement? Entitlement,
    bool BooksOpenings,
    Refusal? WhyNot = null
)
{
    /// <summary>A ticket for nobody that is known.</summary>
    public static CoverTarget Nobody { get; } = new(("", ""), null, "", "", null, "", null, false);
}

/// <summary>The account that a ticket is for, with the contracts that may cover it on the day.</summary>
public sealed record CoverGround(long Account, string Key, string Name, ValueList<CoverOffer> Offers, LocalDate Day)
{
    /// <summary>What follows for a desk and a product.</summary>
    public CoverTarget For(string desk, string product)
    {
        var best = Cover.Choose(Offers, desk, product, Day);
        return new CoverTarget(
            ("", ""),
            Account,
            Key,
            Name,
            best?.Offer.Contract,
            best?.Offer.Number ?? "",
            best?.Entitlement,
            best?.Offer.BooksOpenings ?? false
        );
    }
}

/// <summary>A contract's budget as it is now.</summary>
/// <param name="Others">What is left for the ticket: its own bookings do not count, what others are about to book does.</param>
public sealed record BudgetFact(long Contract, Balance Others, WhenSpent WhenSpent)
{
    /// <summary>The balance as a ticket sees it, with all that it booked.</summary>
    public Balance For(TicketState ticket) =>
        Others with
        {
            Used = Others.Used + ticket.Cover().BookedTo(Contract, Others.Unit),
        };
}

/// <summary>What a decision must know of accounts and contracts.</summary>
/// <param name="Ground">The account of the ticket's requester, or that which was chosen by hand; null when nothing is known of them, or nothing that matters changes.</param>
/// <param name="Named">What a command names.</param>
/// <param name="Budgets">Budgets that may be booked to.</param>
public sealed record CrmFacts(CoverGround? Ground, ValueList<CoverTarget> Named, ValueList<BudgetFact> Budgets)
{
    /// <summary>What a command names; null when it does not exist, or must look so.</summary>
    public CoverTarget? Find(string account, string contract) =>
        Named.FirstOrDefault(one => one.Asked == (account, contract));

    /// <summary>The budget of a contract.</summary>
    public BudgetFact? Budget(long contract) => Budgets.FirstOrDefault(one => one.Contract == contract);
}
