using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>
/// Lets nobody book what somebody else is booking: a budget that refuses is looked at and claimed in one transaction, in which
/// the contract is one's own. A claim ends with the entry in the ledger; one whose ticket never booked is taken back soon.
/// </summary>
public sealed class BudgetClaims(IPluginTables<CrmTables> tables, ITicketGrains grains, IClock clock)
{
    // Far longer than a command takes from its look at the budget to its commit.
    private static readonly Duration Settled = Duration.FromMinutes(2);
    private const int AtOnce = 200;

    /// <summary>Claims an amount for a ticket, where so much is left.</summary>
    /// <param name="ticket">The ticket as it is; null for one that is being opened.</param>
    /// <returns>What is booked and claimed besides the ticket's own bookings; null for a contract that does not exist.</returns>
    public Task<Balance?> ClaimAsync(TicketState? ticket, long contract, long amount, CancellationToken cancellation) =>
        tables.WriteAsync<Balance?>(
            async (db, token) =>
            {
                await TakeTurnAsync(db, contract, token);
                if (await db.Contracts.FirstOrDefaultAsync(one => one.Id == contract, token) is not { } row)
                {
                    return null;
                }

                var others = await Balances.OfOthersAsync(db, row, ticket?.Id.Value, token);
                var total = (ticket?.Cover().BookedTo(contract, row.BudgetUnit) ?? 0) + amount;
                if (row.WhenSpent == WhenSpent.Refuse && others.Left >= total)
                {
                    await KeepAsync(db, row, ticket, total, token);
                }

                return others;
            },
            cancellation
        );

    /// <summary>Takes back claims of which nothing came, because the command was refused after all or the server stopped.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var until = (clock.GetCurrentInstant() - Settled).ToUnixTimeTicks();
        var old = await tables.ReadAsync(
            (db, token) => db.Claims.Where(row => row.At < until).Take(AtOnce).ToListAsync(token),
            cancellation
        );
        foreach (var claim in old)
        {
            var ticket = claim.TicketId > 0 ? await grains.GetAsync(new TicketId(claim.TicketId), cancellation) : null;
            var booked = ticket?.State.Cover().BookedTo(claim.ContractId, claim.Unit) ?? 0;
            await tables.WriteAsync((db, token) => SettleAsync(db, claim, booked, token), cancellation);
        }
    }

    /// <summary>Makes the contract one's own until the transaction ends: on servers by its row, on the embedded database by being the one who writes.</summary>
    internal static Task TakeTurnAsync(CrmTables db, long contract, CancellationToken cancellation) =>
        db
            .Contracts.Where(row => row.Id == contract)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version), cancellation);

    /// <summary>The ledger has an entry: a claim for no more than the ticket's entries has served.</summary>
    internal static async Task EnteredAsync(CrmTables db, LedgerRow entry, CancellationToken cancellation)
    {
        if (entry.TicketId is { } ticket)
        {
            var entered = await Balances.EnteredAsync(db, entry.ContractId, ticket, entry.Unit, cancellation);
            await db
                .Claims.Where(row =>
                    row.ContractId == entry.ContractId && row.TicketId == ticket && row.Total <= entered
                )
                .ExecuteDeleteAsync(cancellation);
        }
    }

    private async Task KeepAsync(
        CrmTables db,
        ContractRow contract,
        TicketState? ticket,
        long total,
        CancellationToken cancellation
    )
    {
        var id = ticket?.Id.Value ?? -RandomNumberGenerator.GetInt32(1, int.MaxValue);
        var row = await db.Claims.FirstOrDefaultAsync(
            one => one.ContractId == contract.Id && one.TicketId == id,
            cancellation
        );
        if (row is null)
        {
            row = new ClaimRow { ContractId = contract.Id, TicketId = id };
            db.Claims.Add(row);
        }

        // Another node may just be booking for the same ticket: the greater claim stays until one of them is entered.
        row.Total = row.Unit == contract.BudgetUnit ? Math.Max(row.Total, total) : total;
        row.Unit = contract.BudgetUnit;
        row.At = clock.GetCurrentInstant().ToUnixTimeTicks();
    }

    private static async Task<int> SettleAsync(CrmTables db, ClaimRow seen, long booked, CancellationToken cancellation)
    {
        await TakeTurnAsync(db, seen.ContractId, cancellation);
        var entered = await Balances.EnteredAsync(db, seen.ContractId, seen.TicketId, seen.Unit, cancellation);
        var same = db.Claims.Where(row =>
            row.ContractId == seen.ContractId && row.TicketId == seen.TicketId && row.At == seen.At
        );
        return booked <= entered
            ? await same.ExecuteDeleteAsync(cancellation)
            : await same.ExecuteUpdateAsync(set => set.SetProperty(row => row.Total, booked), cancellation);
    }
}
