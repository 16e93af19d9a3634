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
        var claims = await db
            .Claims.Where(row => row.ContractId == contract.Id && row.Unit == contract.BudgetUnit)
            .ToListAsync(cancellation);
        var (all, entered) = await WithTicketsAsync(
            db,
            contract,
            [.. claims.Select(claim => claim.TicketId), .. ticket is { } id ? [id] : Array.Empty<long>()],
            cancellation
        );
        var claimed = claims
            .Where(row => row.TicketId != ticket)
            .Sum(claim => Math.Max(0, claim.Total - entered.GetValueOrDefault(claim.TicketId)));
        return all with { Used = all.Used - entered.GetValueOrDefault(ticket ?? 0) + claimed };
    }

    /// <summary>The balance, and what each of these tickets booked of it. One statement: an entry that comes between two would count in one of them alone.</summary>
    public static async Task<(Balance All, IReadOnlyDictionary<long, long> Entered)> WithTicketsAsync(
        CrmTables db,
        ContractRow contract,
        long[] tickets,
        CancellationToken cancellation
    )
    {
        var sums = await db
            .Ledger.Where(row => row.ContractId == contract.Id && row.Unit == contract.BudgetUnit)
            .GroupBy(row =>
                row.Kind == LedgerKind.Booking && tickets.Contains(row.TicketId ?? 0) ? row.TicketId ?? 0 : 0
            )
            .Select(group => new { Ticket = group.Key, Amount = group.Sum(row => row.Amount) })
            .ToListAsync(cancellation);
        return (
            new Balance(contract.BudgetUnit, contract.BudgetAmount, sums.Sum(one => one.Amount), contract.BudgetWarnAt),
            sums.Where(one => one.Ticket > 0).ToDictionary(one => one.Ticket, one => one.Amount)
        );
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
