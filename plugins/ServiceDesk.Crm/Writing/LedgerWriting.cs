using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>Enters into ledgers. An entry is never changed; what was wrong is put right by another one.</summary>
public sealed class LedgerWriting(CrmWriter writer)
{
    /// <summary>Enters what a ticket booked; once for each event, however often it is asked.</summary>
    public Task<Written> EnterAsync(
        BudgetBooked booked,
        RecordedEvent recorded,
        string key,
        CancellationToken cancellation
    ) =>
        writer.WriteAsync(
            async (change, token) =>
            {
                var (ticket, version) = (recorded.Ticket.Value, recorded.Version);
                await BudgetClaims.TakeTurnAsync(change.Db, booked.Contract, token);
                var before = await change.Db.Ledger.FirstOrDefaultAsync(
                    row => row.TicketId == ticket && row.TicketVersion == version,
                    token
                );
                if (before is not null)
                {
                    return Written.Done(before.Id);
                }

                var entry = new LedgerRow
                {
                    ContractId = booked.Contract,
                    Kind = LedgerKind.Booking,
                    Unit = booked.Unit,
                    Amount = booked.Amount,
                    Note = booked.Note,
                    TicketId = ticket,
                    TicketVersion = version,
                    TicketKey = key,
                    PersonId = recorded.Actor.Person?.Value,
                    At = recorded.At.ToUnixTimeTicks(),
                };
                var written = await AppendAsync(change, entry, token);
                await BudgetClaims.EnteredAsync(change.Db, entry, token);
                return written;
            },
            cancellation
        );

    /// <summary>Puts right what was booked, by a new entry.</summary>
    /// <param name="amount">As typed: hours or tickets, negative to give back.</param>
    /// <param name="corrects">The entry that was wrong; null for the ledger as a whole.</param>
    public Task<Written> CorrectAsync(
        Viewer viewer,
        long contract,
        string? amount,
        string? note,
        long? corrects,
        CancellationToken cancellation,
        Once? once = null
    ) =>
        writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                await BudgetClaims.TakeTurnAsync(change.Db, contract, token);
                if (await ContractWriting.FindAsync(change, contract, token) is not { } row)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contract", $"{contract}"));
                }

                var reason = (note ?? "").Trim();
                var number = Amounts.Read(row.BudgetUnit, amount) ?? 0;
                var balance = await Balances.OfAsync(change.Db, row, token);
                var refusal =
                    reason.Length > Ledger.LongestNote
                        ? Refusal.Invalid("crm.refusal.long-note", "note", $"{Ledger.LongestNote}")
                        : Ledger.WhyNotCorrect(balance, number, reason);
                if (refusal is null && corrects is { } wrong)
                {
                    var isThere = await change.Db.Ledger.AnyAsync(
                        one => one.Id == wrong && one.ContractId == contract,
                        token
                    );
                    refusal = isThere ? null : Refusal.Invalid("crm.refusal.no-entry", "corrects", $"{wrong}");
                }

                return refusal is not null
                    ? Written.No(refusal)
                    : await AppendAsync(
                        change,
                        new LedgerRow
                        {
                            ContractId = contract,
                            Kind = LedgerKind.Correction,
                            Unit = row.BudgetUnit,
                            Amount = number,
                            Note = reason,
                            Corrects = corrects,
                            PersonId = change.Person,
                            At = change.Now.ToUnixTimeTicks(),
                        },
                        token
                    );
            },
            cancellation,
            once
        );

    /// <summary>Says how far a budget is spent; one that is freer again is told of anew when it fills up.</summary>
    internal static void Level(ContractRow row, Balance balance, long entry)
    {
        if (row.BudgetLevel != balance.Level)
        {
            row.BudgetLevel = balance.Level;
            row.BudgetLevelEntry = entry;
        }

        if (row.BudgetTold > row.BudgetLevel)
        {
            row.BudgetTold = row.BudgetLevel;
        }
    }

    private static async Task<Written> AppendAsync(Change change, LedgerRow entry, CancellationToken cancellation)
    {
        change.Db.Ledger.Add(entry);
        await change.Db.SaveChangesAsync(cancellation);
        if (
            await change.Db.Contracts.FirstOrDefaultAsync(row => row.Id == entry.ContractId, cancellation) is
            { } contract
        )
        {
            Level(contract, await Balances.OfAsync(change.Db, contract, cancellation), entry.Id);
        }

        return Written.Done(entry.Id);
    }
}
