using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Looks up the other ticket that a command names: the one that stays in a merge, the one out of which a new one comes. One that the sender may not see looks as if there were none.</summary>
public sealed class RelatedTicketSource(ITicketStore store)
{
    /// <summary>The ticket into which a command merges, or out of which it takes or opens.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    public async ValueTask<RelatedTicket?> FindAsync(
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
            OpenTicket open => open.Origin?.Ticket,
            _ => null,
        };
        return id is { } known && await store.LoadAsync(known, cancellation) is { } found
            ? As(envelope, found.State)
            : null;
    }

    // Out of a merge nobody is kept because the other ticket went out of sight: that only takes the right to undo it.
    private static RelatedTicket? As(CommandEnvelope envelope, TicketState ticket) =>
        envelope.Viewer is not { } viewer ? new RelatedTicket(ticket, WorksThere: true)
        : envelope.Command is UndoMerge || TicketAccess.MaySee(viewer, ticket)
            ? new RelatedTicket(ticket, viewer.WorksOn(ticket.Desk))
        : null;
}
