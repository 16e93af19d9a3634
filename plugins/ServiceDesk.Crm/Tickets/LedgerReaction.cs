using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Enters what tickets book into the ledgers: each event once, since ticket and version are a unique key there.</summary>
public sealed class LedgerReaction(LedgerWriting ledger, BudgetTelling telling, ITicketGrains grains) : IReaction
{
    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (@event.Event is not BudgetBooked booked)
        {
            return;
        }

        var key = (await grains.GetAsync(@event.Ticket, cancellation))?.State.Key.ToString() ?? "";
        await ledger.EnterAsync(booked, @event, key, cancellation);
        await telling.TellAsync(booked.Contract, cancellation);
    }
}
