using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Reading;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Page">1 for the first page.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize)
{
    /// <summary>Whether more follow.</summary>
    public bool HasMore => Page * PageSize < Total;
}

/// <summary>An account in a list.</summary>
/// <param name="ParentId">Null also where the account above may not be seen.</param>
public sealed record AccountItem(
    long Id,
    string Key,
    string Name,
    long? ParentId,
    string? Organization,
    bool IsActive,
    int ActiveContracts,
    int Contacts
);

/// <summary>An account with everything about it.</summary>
public sealed record AccountDetail(
    long Id,
    string Key,
    string Name,
    AccountName? Parent,
    string? OrganizationKey,
    string? OrganizationName,
    string? ExternalId,
    string Website,
    string Phone,
    string Notes,
    bool IsActive,
    long Version,
    IReadOnlyList<AccountName> Children,
    IReadOnlyList<ContactAt> Contacts,
    IReadOnlyList<ContractItem> Contracts
);

/// <summary>An account by name.</summary>
public sealed record AccountName(long Id, string Key, string Name);

/// <summary>A contact at an account.</summary>
public sealed record ContactAt(long Id, string Name, string Title, string Email, string Phone, bool IsPrimary);

/// <summary>A contact with what it is where.</summary>
public sealed record ContactDetail(
    long Id,
    string Name,
    string Email,
    string Phone,
    string? ExternalId,
    string Notes,
    bool IsPerson,
    long Version,
    IReadOnlyList<MembershipAt> Accounts
);

/// <summary>What a contact is at an account.</summary>
public sealed record MembershipAt(AccountName Account, string Title, bool IsPrimary);

/// <summary>A product.</summary>
public sealed record ProductDetail(
    long Id,
    string Key,
    string Name,
    string Description,
    string? ExternalId,
    bool IsActive,
    long Version
);

/// <summary>A contract in a list.</summary>
public sealed record ContractItem(
    long Id,
    string Number,
    string Name,
    AccountName Account,
    ContractState State,
    string StartsOn,
    string EndsOn,
    decimal Amount,
    string Currency,
    AmountPer AmountPer
);

/// <summary>A contract with everything about it.</summary>
public sealed record ContractDetail(
    ContractItem Item,
    long? OwnerId,
    string? OwnerName,
    string? OwnerEmail,
    int RemindDays,
    bool CoversChildren,
    string PenaltyTerms,
    decimal? PenaltyRate,
    string Notes,
    string? ExternalId,
    long Version,
    IReadOnlyList<Entitlement> Entitlements,
    BudgetDetail? Budget,
    IReadOnlyList<LedgerItem> Ledger,
    IReadOnlyList<DocumentItem> Documents,
    IReadOnlyList<ChangeItem> Changes
)
{
    /// <summary>Who is told about legal matters; null for nobody.</summary>
    public string? LegalName { get; init; }

    /// <summary>The address of who is told about legal matters; null for nobody.</summary>
    public string? LegalEmail { get; init; }
}

/// <summary>A budget.</summary>
public sealed record BudgetDetail(Balance Balance, WhenSpent WhenSpent, bool BooksOpenings);

/// <summary>An entry of a ledger.</summary>
/// <param name="At">Unix ticks.</param>
public sealed record LedgerItem(
    long Id,
    LedgerKind Kind,
    BudgetUnit Unit,
    long Amount,
    string Note,
    string TicketKey,
    long? Corrects,
    string? Person,
    long At
);

/// <summary>A file of a contract.</summary>
/// <param name="At">Unix ticks.</param>
public sealed record DocumentItem(long Id, string Name, long Size, string? Person, long At);

/// <summary>What was done to a record.</summary>
/// <param name="At">Unix ticks.</param>
public sealed record ChangeItem(string What, string Detail, string? Person, long At);

/// <summary>What the panel of a ticket shows to agents.</summary>
/// <param name="Pending">What the ticket booked and the ledger does not have yet.</param>
public sealed record CoverView(
    AccountName? Account,
    ContactAt? Contact,
    ContractItem? Contract,
    string Plan,
    string Policy,
    string PolicyName,
    bool RunsOtherwise,
    string PenaltyTerms,
    decimal? PenaltyRate,
    BudgetDetail? Budget,
    long Booked,
    bool ByHand,
    bool IsHidden,
    IReadOnlyList<CoverChoice> Choices
)
{
    /// <summary>The key of the ticket's product; empty for none.</summary>
    public string Product { get; init; } = "";

    /// <summary>The products that an agent may choose, with their names.</summary>
    public IReadOnlyList<(string Key, string Name)> Products { get; init; } = [];

    /// <summary>The name of the ticket's product.</summary>
    public string ProductName => Products.FirstOrDefault(one => one.Key == Product).Name ?? Product;
}

/// <summary>An account with a contract that an agent may choose.</summary>
public sealed record CoverChoice(string Account, string Contract, string Words);

/// <summary>What a customer sees beside a request.</summary>
public sealed record CustomerView(string Plan, string EndsOn, Balance? Budget);
