using ServiceDesk.Crm.Records;

namespace ServiceDesk.Crm.Tables;

/// <summary>A customer company, or a part of one.</summary>
public sealed class AccountRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The short name that queries use, unique; never changed.</summary>
    public string Key { get; set; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Key and name as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>The account that it is a part of.</summary>
    public long? ParentId { get; set; }

    /// <summary>The organization of the product whose people are its people.</summary>
    public long? OrganizationId { get; set; }

    /// <summary>Its organization, or that of the nearest account above: decides who may see it.</summary>
    public long? ScopeId { get; set; }

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>A web address.</summary>
    public string Website { get; set; } = "";

    /// <summary>A telephone number.</summary>
    public string Phone { get; set; } = "";

    /// <summary>Markdown for agents.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Whether it is still a customer.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>A person at customers' companies.</summary>
public sealed class ContactRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Name, address and telephone number as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>The mail address.</summary>
    public string Email { get; set; } = "";

    /// <summary>A telephone number.</summary>
    public string Phone { get; set; } = "";

    /// <summary>The person of the product who it is.</summary>
    public long? PersonId { get; set; }

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Markdown for agents.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>What a contact is at an account.</summary>
public sealed class MembershipRow
{
    /// <summary>The contact.</summary>
    public long ContactId { get; set; }

    /// <summary>The account.</summary>
    public long AccountId { get; set; }

    /// <summary>What the contact is there.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether it is the first one to turn to, and the account that the contact's requests are for.</summary>
    public bool IsPrimary { get; set; }
}

/// <summary>Something that is sold.</summary>
public sealed class ProductRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The short name, unique; never changed.</summary>
    public string Key { get; set; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Key and name as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; set; } = "";

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether it is still sold.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>What was sold and promised to an account.</summary>
public sealed class ContractRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The number on the paper, unique; never changed.</summary>
    public string Number { get; set; } = "";

    /// <summary>What it is about.</summary>
    public string Name { get; set; } = "";

    /// <summary>Number and name as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>Whose it is.</summary>
    public long AccountId { get; set; }

    /// <summary>How far it has come.</summary>
    public ContractState State { get; set; } = ContractState.Draft;

    /// <summary>The first day, <c>yyyy-MM-dd</c>.</summary>
    public string StartsOn { get; set; } = "";

    /// <summary>The last day, <c>yyyy-MM-dd</c>.</summary>
    public string EndsOn { get; set; } = "";

    /// <summary>What it is worth.</summary>
    public decimal Amount { get; set; }

    /// <summary>The currency by ISO 4217.</summary>
    public string Currency { get; set; } = "";

    /// <summary>How often the amount is paid.</summary>
    public AmountPer AmountPer { get; set; } = AmountPer.Whole;

    /// <summary>Who is told before it ends.</summary>
    public long? OwnerId { get; set; }

    /// <summary>How many days before the end the owner is told; 0 for not at all.</summary>
    public int RemindDays { get; set; }

    /// <summary>When the owner is to be told, in Unix ticks: derived at each change; null when there is nothing to tell.</summary>
    public long? RemindAt { get; set; }

    /// <summary>The last day for which the owner was told.</summary>
    public string RemindedFor { get; set; } = "";

    /// <summary>When its period is over, in Unix ticks: derived; null when it is not active.</summary>
    public long? ExpireAt { get; set; }

    /// <summary>Whether it also covers the accounts below.</summary>
    public bool CoversChildren { get; set; } = true;

    /// <summary>What happens when the promise is broken, in words.</summary>
    public string PenaltyTerms { get; set; } = "";

    /// <summary>The penalty in percent of the amount; null for none.</summary>
    public decimal? PenaltyRate { get; set; }

    /// <summary>Markdown for agents.</summary>
    public string Notes { get; set; } = "";

    /// <summary>What the budget counts.</summary>
    public BudgetUnit BudgetUnit { get; set; } = BudgetUnit.None;

    /// <summary>The budget: minutes or tickets.</summary>
    public long BudgetAmount { get; set; }

    /// <summary>The share in percent at which the owner is warned; 0 for not at all.</summary>
    public int BudgetWarnAt { get; set; } = 80;

    /// <summary>What becomes of bookings when it is spent.</summary>
    public WhenSpent WhenSpent { get; set; } = WhenSpent.Allow;

    /// <summary>Whether each new ticket books one.</summary>
    public bool BooksOpenings { get; set; }

    /// <summary>How far the budget is spent: derived from the ledger with each entry.</summary>
    public BudgetLevel BudgetLevel { get; set; } = BudgetLevel.Free;

    /// <summary>Of which level the owner was told.</summary>
    public BudgetLevel BudgetTold { get; set; } = BudgetLevel.Free;

    /// <summary>The entry that brought the level, which tells one crossing from another.</summary>
    public long BudgetLevelEntry { get; set; }

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>What a contract promises.</summary>
public sealed class EntitlementRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The contract.</summary>
    public long ContractId { get; set; }

    /// <summary>Its place in the contract.</summary>
    public int Ordinal { get; set; }

    /// <summary>The plan's name, which SLA policies ask for.</summary>
    public string Plan { get; set; } = "";

    /// <summary>The SLA policy that was promised; empty for none.</summary>
    public string Policy { get; set; } = "";

    /// <summary>Keys of the desks it holds on, parted by commas; empty for all.</summary>
    public string Desks { get; set; } = "";

    /// <summary>Keys of the products it is for, parted by commas; empty for all.</summary>
    public string Products { get; set; } = "";
}

/// <summary>An entry of a budget's ledger. Never changed and never removed.</summary>
public sealed class LedgerRow
{
    /// <summary>The identity; later entries have greater ones.</summary>
    public long Id { get; set; }

    /// <summary>The contract.</summary>
    public long ContractId { get; set; }

    /// <summary>What kind of entry.</summary>
    public LedgerKind Kind { get; set; }

    /// <summary>What it counts.</summary>
    public BudgetUnit Unit { get; set; }

    /// <summary>Minutes or tickets; a correction may be negative.</summary>
    public long Amount { get; set; }

    /// <summary>Why.</summary>
    public string Note { get; set; } = "";

    /// <summary>The ticket that booked it.</summary>
    public long? TicketId { get; set; }

    /// <summary>The version of the ticket's event, so that each event is entered once.</summary>
    public long? TicketVersion { get; set; }

    /// <summary>The ticket's key then.</summary>
    public string TicketKey { get; set; } = "";

    /// <summary>The entry that it corrects.</summary>
    public long? Corrects { get; set; }

    /// <summary>Who; null for the product.</summary>
    public long? PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A file of a contract.</summary>
public sealed class DocumentRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The contract.</summary>
    public long ContractId { get; set; }

    /// <summary>The name to show.</summary>
    public string Name { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>The hash of the content.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Who brought it.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A piece of a file: of a contract's document or of a table that waits to be imported.</summary>
public sealed class PieceRow
{
    /// <summary><c>document:1</c> or <c>upload:1</c>.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Its place.</summary>
    public int Ordinal { get; set; }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; set; } = [];
}

/// <summary>A table that somebody brought to import and looks through.</summary>
public sealed class UploadRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>What it holds.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The name of the file.</summary>
    public string Name { get; set; } = "";

    /// <summary>Who brought it; nobody else may use it.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>What was done to a record, when and by whom.</summary>
public sealed class ChangeRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>What kind of record: <c>account</c>, <c>contact</c>, <c>product</c> or <c>contract</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The record.</summary>
    public long RecordId { get; set; }

    /// <summary>The end of the text key: <c>crm.change.created</c>.</summary>
    public string What { get; set; } = "";

    /// <summary>What fills its place.</summary>
    public string Detail { get; set; } = "";

    /// <summary>Who; null for the product.</summary>
    public long? PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A request that was carried out, so that its repetition has no second effect.</summary>
public sealed class ActRow
{
    /// <summary>The person and the hash of the key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The hash of what was asked.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>The record that came of it.</summary>
    public long RecordId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}
