using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Say by hand for whom a ticket is worked.</summary>
/// <param name="Account">The account's key; empty takes that of the contract, or nobody.</param>
/// <param name="Contract">The contract's number; empty for none.</param>
public sealed record ChooseCover(string Account, string Contract) : TicketCommand;

/// <summary>Find account and contract anew by the requester, the desk and the product, as for a new ticket. A choice by hand ends.</summary>
public sealed record FindCover : TicketCommand;

/// <summary>Book to the budget of the ticket's contract.</summary>
/// <param name="Amount">Minutes or tickets.</param>
/// <param name="Note">What for, at most 500 characters.</param>
public sealed record BookBudget(long Amount, string Note) : TicketCommand
{
    /// <summary>In what the amount is meant; a budget of another unit refuses it. Null takes the budget's own.</summary>
    public BudgetUnit? Unit { get; init; }
}

/// <summary>Decides <see cref="ChooseCover"/>: a contract must hold on the day, belong to the account or one above it, and be one that the sender may see.</summary>
public sealed class CoverChoosing : ICommandDecider<ChooseCover>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, ChooseCover command, DecisionContext context)
    {
        if (CrmRights.Refuse(ticket, context) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var (account, contract) = (command.Account ?? "", command.Contract ?? "");
        if (context.Fact<CrmFacts>()?.Find(account, contract) is not { } target)
        {
            return Decision.Refuse(
                contract.Length > 0
                    ? Refusal.Invalid("crm.refusal.no-contract", "contract", contract)
                    : Refusal.Invalid("crm.refusal.no-account", "account", account)
            );
        }

        if (target.WhyNot is { } reason)
        {
            return Decision.Refuse(reason);
        }

        var chosen = target.ToEvent(byHand: true);
        return ticket.Cover().Says(chosen) ? Decision.Accept() : Decision.Accept(chosen);
    }
}

/// <summary>Decides <see cref="FindCover"/>.</summary>
public sealed class CoverFinding : ICommandDecider<FindCover>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, FindCover command, DecisionContext context)
    {
        if (CrmRights.Refuse(ticket, context) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var found =
            context.Fact<CrmFacts>()?.Ground?.For(ticket.Desk, ticket.Product(context.Configuration))
            ?? CoverTarget.Nobody;
        var anew = found.ToEvent(byHand: false);
        var now = ticket.Cover();
        return !now.ByHand && now.Says(anew) ? Decision.Accept() : Decision.Accept(anew);
    }
}

/// <summary>Decides <see cref="BookBudget"/>.</summary>
public sealed class BudgetBooking : ICommandDecider<BookBudget>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, BookBudget command, DecisionContext context)
    {
        var note = (command.Note ?? "").Trim();
        if (CrmRights.Refuse(ticket, context) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (note.Length > Ledger.LongestNote)
        {
            return Decision.Refuse(Refusal.Invalid("crm.refusal.long-note", "note", $"{Ledger.LongestNote}"));
        }

        var cover = ticket.Cover();
        var budget = cover.Contract is { } contract ? context.Fact<CrmFacts>()?.Budget(contract) : null;
        var balance = budget?.For(ticket);
        var reason =
            balance is { Unit: not BudgetUnit.None } && command.Unit is { } unit && unit != balance.Unit
                ? Refusal.Invalid("crm.refusal.other-unit", "unit")
                : Ledger.WhyNotBook(balance, budget?.WhenSpent ?? WhenSpent.Allow, command.Amount);
        return reason is { } no
            ? Decision.Refuse(no)
            : Decision.Accept(
                new BudgetBooked(cover.Contract!.Value, cover.Number, balance!.Unit, command.Amount, note)
            );
    }
}

/// <summary>Who may say for whom a ticket is worked, and book: agents of its desk with the permission.</summary>
internal static class CrmRights
{
    public static Refusal? Refuse(TicketState ticket, DecisionContext context) =>
        context.Envelope.Viewer is not { } viewer ? null
        : !viewer.WorksOn(ticket.Desk) ? Refusal.NotFound("crm.refusal.no-ticket", ticket.Key.ToString())
        : !May(ticket.Desk, viewer) ? Refusal.Forbidden("crm.refusal.may-not")
        : null;

    /// <summary>Whether a sender may; the product itself may.</summary>
    public static bool May(string desk, Viewer? viewer) =>
        viewer is null || (viewer.WorksOn(desk) && viewer.May(CrmPlugin.WorkPermission));
}
