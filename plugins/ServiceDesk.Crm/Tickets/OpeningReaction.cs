using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tickets;

/// <summary>
/// Books new tickets to budgets that refuse when they are spent: only a ticket that is there can claim its share. When nothing
/// is left the ticket stays unbooked, since nobody's request is turned away for a budget.
/// </summary>
public sealed class OpeningReaction(IPluginTables<CrmTables> tables, ITicketGrains grains) : IReaction
{
    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (
            @event.Event is not TicketOpened
            || (await grains.GetAsync(@event.Ticket, cancellation))?.State.Cover()
                is not { Contract: { } contract } cover
            || cover.BookedTo(contract, BudgetUnit.Tickets) > 0
            || !await BooksAsync(contract, cancellation)
        )
        {
            return;
        }

        var envelope = new CommandEnvelope(new BookBudget(1, ""), Actor.System)
        {
            Cause = @event.Position,
            Depth = @event.Depth + 1,
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"crm.opening:{@event.Position}"),
        };
        await grains.SendAsync(@event.Ticket, envelope, cancellation);
    }

    private Task<bool> BooksAsync(long contract, CancellationToken cancellation) =>
        tables.ReadAsync(
            (db, token) =>
                db.Contracts.AnyAsync(
                    row =>
                        row.Id == contract
                        && row.BooksOpenings
                        && row.BudgetUnit == BudgetUnit.Tickets
                        && row.WhenSpent == WhenSpent.Refuse,
                    token
                ),
            cancellation
        );
}
