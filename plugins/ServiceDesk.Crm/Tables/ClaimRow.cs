using ServiceDesk.Crm.Records;

namespace ServiceDesk.Crm.Tables;

/// <summary>
/// What a ticket may have booked to a budget that refuses when it is spent, written before the ticket's event and taken away
/// when the ledger has it: between the two nobody else can book the same rest.
/// </summary>
public sealed class ClaimRow
{
    /// <summary>The contract.</summary>
    public long ContractId { get; set; }

    /// <summary>The ticket; negative for one that is being opened and has no identity yet.</summary>
    public long TicketId { get; set; }

    /// <summary>What it counts.</summary>
    public BudgetUnit Unit { get; set; }

    /// <summary>All that the ticket has booked to the contract when the claim is made use of: minutes or tickets.</summary>
    public long Total { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}
