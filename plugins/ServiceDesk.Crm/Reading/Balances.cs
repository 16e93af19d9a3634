using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;

namespace ServiceDesk.Crm.Reading;

/// <summary>Balances of contracts.</summary>
public static class Balances
{
    /// <summary>The balance: the sum of the ledger, made by the database, which is what folding the entries gives.</summary>
    public static async Task<Balance> OfAsync(CrmTables db, ContractRow contract, CancellationToken cancellation)
    {
        var used = await db
            .Ledger.Where(row => row.ContractId == contract.Id && row.Unit == contract.BudgetUnit)
            .SumAsync(row => row.Amount, cancellation);
        return new Balance(contract.BudgetUnit, contract.BudgetAmount, used, contract.BudgetWarnAt);
    }

    /// <summary>The balance without a ticket's own bookings, and with what other tickets are about to book.</summary>
    /// <param name="ticket">The ticket; null for one without an identity.</param>
    public static async Task<Balance> OfOthersAsync(
        CrmTables db,
        ContractRow contract,
        long? ticket,
        CancellationToken cancellation
    )
    {
        var all = await OfAsync(db, contract, cancellation);
        var own = ticket is { } id ? await EnteredAsync(db, contract.Id, id, all.Unit, cancellation) : 0;
        var claims = await db
            .Claims.Where(row => row.ContractId == contract.Id && row.Unit == contract.BudgetUnit)
            .ToListAsync(cancellation);
        var claimed = 0L;
        foreach (var claim in claims.Where(row => row.TicketId != ticket))
        {
            var entered = await EnteredAsync(db, contract.Id, claim.TicketId, all.Unit, cancellation);
            claimed += Math.Max(0, claim.Total - entered);
        }

        return all with
        {
            Used = all.Used - own + claimed,
        };
    }

    /// <summary>What a ticket booked and the ledger has.</summary>
    public static Task<long> EnteredAsync(
        CrmTables db,
        long contract,
        long ticket,
        BudgetUnit unit,
        CancellationToken cancellation
    ) =>
        db
            .Ledger.Where(row => row.ContractId == contract && row.TicketId == ticket && row.Unit == unit)
            .Where(row => row.Kind == LedgerKind.Booking)
            .SumAsync(row => row.Amount, cancellation);
}
