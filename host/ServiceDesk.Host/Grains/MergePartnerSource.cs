using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Looks up the ticket that stays in a merge. One that the sender may not see looks as if there were none.</summary>
public sealed class MergePartnerSource(ITicketStore store)
{
    /// <summary>The ticket into which a command merges, or out of which it takes.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    public async ValueTask<MergePartner?> FindAsync(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var id = envelope.Command switch
        {
            MergeTicket merge when merge.Into.Desk is { Length: > 0 } => await store.FindAsync(
                merge.Into,
                cancellation
            ),
            UndoMerge => before?.State.Merged?.Ticket,
            _ => null,
        };
        return id is { } known && await store.LoadAsync(known, cancellation) is { } found
            ? As(envelope, found.State)
            : null;
    }

    // Out of a merge nobody is kept because the other ticket went out of sight: that only takes the right to undo it.
    private static MergePartner? As(CommandEnvelope envelope, TicketState ticket) =>
        envelope.Viewer is not { } viewer ? new MergePartner(ticket, WorksThere: true)
        : envelope.Command is UndoMerge || TicketAccess.MaySee(viewer, ticket)
            ? new MergePartner(ticket, viewer.WorksOn(ticket.Desk))
        : null;
}
