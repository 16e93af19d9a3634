using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>An account with a contract, as a ticket may get them.</summary>
/// <param name="Asked">What was named: the account's key and the contract's number; empty for a ticket that is being opened.</param>
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
);

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
/// <param name="Opening">What a new ticket gets; null when nothing is known of its requester.</param>
/// <param name="Named">What a command names.</param>
/// <param name="Budgets">Budgets that may be booked to.</param>
public sealed record CrmFacts(CoverTarget? Opening, ValueList<CoverTarget> Named, ValueList<BudgetFact> Budgets)
{
    /// <summary>What a command names; null when it does not exist, or must look so.</summary>
    public CoverTarget? Find(string account, string contract) =>
        Named.FirstOrDefault(one => one.Asked == (account, contract));

    /// <summary>The budget of a contract.</summary>
    public BudgetFact? Budget(long contract) => Budgets.FirstOrDefault(one => one.Contract == contract);
}
