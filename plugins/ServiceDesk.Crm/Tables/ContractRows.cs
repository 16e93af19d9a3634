using ServiceDesk.Crm.Records;

namespace ServiceDesk.Crm.Tables;

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

    /// <summary>Who is told about legal matters, such as a promise that was broken.</summary>
    public long? LegalId { get; set; }

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
