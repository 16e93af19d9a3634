using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Access;

/// <summary>Tickets with the fields that are hidden from somebody: for what is decided about them, never to be shown.</summary>
public sealed class WholeTickets(ITicketGrains grains, ICurrentConfiguration configuration)
{
    /// <summary>The whole of a ticket that the viewer was shown.</summary>
    public async ValueTask<TicketSnapshot> OfAsync(
        Viewer viewer,
        TicketSnapshot seen,
        CancellationToken cancellation
    ) =>
        FieldSight.HidesAny(viewer, seen.State.Status, configuration.Snapshot)
            ? await grains.GetAsync(seen.State.Id, cancellation) ?? seen
            : seen;
}
