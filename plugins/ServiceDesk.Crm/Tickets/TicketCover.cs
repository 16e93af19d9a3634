using System.Globalization;
using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tickets;

/// <summary>For whom a ticket is worked and what was promised. Names are those of the moment; pages read the records anew.</summary>
/// <param name="Account">The account; null for none.</param>
/// <param name="AccountKey">Its key; empty for none.</param>
/// <param name="Contract">The contract; null for none.</param>
/// <param name="Number">Its number; empty for none.</param>
/// <param name="Plan">The plan; empty for none.</param>
/// <param name="Policy">The SLA policy that was promised; empty for none.</param>
/// <param name="ByHand">Whether an agent chose it.</param>
/// <param name="Booked">What the ticket booked so far, by contract.</param>
public sealed record TicketCover(
    long? Account,
    string AccountKey,
    long? Contract,
    string Number,
    string Plan,
    string Policy,
    bool ByHand,
    ValueList<BookedTotal> Booked
)
{
    /// <summary>A ticket of which nothing is known.</summary>
    public static TicketCover None { get; } = new(null, "", null, "", "", "", false, []);

    /// <summary>Whether an event says what is known already.</summary>
    public bool Says(TicketCovered covered) =>
        (Account, Contract, Plan, Policy) == (covered.Account, covered.Contract, covered.Plan, covered.Policy);

    /// <summary>What the ticket booked to a contract.</summary>
    public long BookedTo(long contract, BudgetUnit unit) =>
        Booked.FirstOrDefault(one => one.Contract == contract && one.Unit == unit)?.Amount ?? 0;
}

/// <summary>What a ticket booked to a contract.</summary>
public sealed record BookedTotal(long Contract, BudgetUnit Unit, long Amount);

/// <summary>It is worked for an account, under a contract where there is one.</summary>
[StoredName("crm.covered", 1)]
public sealed record TicketCovered(
    long? Account,
    string AccountKey,
    string AccountName,
    long? Contract,
    string Number,
    string Plan,
    string Policy,
    bool ByHand
) : TicketEvent, IHistoryArguments
{
    ValueList<string> IHistoryArguments.HistoryArguments =>
        [
            AccountName.Length > 0 ? AccountName : "–",
            (Number, Plan) switch
            {
                ("", _) => "–",
                (_, "") => Number,
                _ => $"{Number} ({Plan})",
            },
        ];
}

/// <summary>Hours or a ticket were booked to a contract's budget.</summary>
/// <param name="Amount">Minutes or tickets.</param>
[StoredName("crm.booked", 1)]
public sealed record BudgetBooked(long Contract, string Number, BudgetUnit Unit, long Amount, string Note)
    : TicketEvent,
        IHistoryArguments
{
    ValueList<string> IHistoryArguments.HistoryArguments =>
        [
            Unit == BudgetUnit.Hours
                ? Amounts.Write(Unit, Amount)
                : string.Create(CultureInfo.InvariantCulture, $"{Amount} ×"),
            Number,
        ];
}

/// <summary>Keeps on the ticket for whom it is worked.</summary>
public sealed class CoverFacet : Facet<TicketCover>
{
    /// <inheritdoc/>
    public override string Id => CrmPlugin.Id;

    /// <inheritdoc/>
    public override TicketCover? Evolve(TicketCover? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event switch
        {
            TicketCovered covered => new TicketCover(
                covered.Account,
                covered.AccountKey,
                covered.Contract,
                covered.Number,
                covered.Plan,
                covered.Policy,
                covered.ByHand,
                current?.Booked ?? []
            ),
            BudgetBooked booked => Book(current ?? TicketCover.None, booked),
            _ => current,
        };

    private static TicketCover Book(TicketCover cover, BudgetBooked booked)
    {
        var total = cover.BookedTo(booked.Contract, booked.Unit) + booked.Amount;
        var others = cover.Booked.Where(one => one.Contract != booked.Contract || one.Unit != booked.Unit);
        return cover with { Booked = [.. others, new BookedTotal(booked.Contract, booked.Unit, total)] };
    }
}

/// <summary>Reads the facet.</summary>
public static class TicketCovers
{
    /// <summary>For whom the ticket is worked; nobody known where the plugin never saw it.</summary>
    public static TicketCover Cover(this TicketState ticket) =>
        ticket.Facet<TicketCover>(CrmPlugin.Id) ?? TicketCover.None;

    /// <summary>The event that says so.</summary>
    internal static TicketCovered ToEvent(this CoverTarget target, bool byHand) =>
        new(
            target.Account,
            target.AccountKey,
            target.AccountName,
            target.Contract,
            target.Number,
            target.Entitlement?.Plan ?? "",
            target.Entitlement?.Policy ?? "",
            byHand
        );
}
