using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Sla;

/// <summary>The clocks of a request that a customer may see: those of agreements that the customer reads.</summary>
public sealed class CustomerClocks(
    CustomerAgreements agreements,
    QueryLanguage language,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    /// <summary>They, running ones first.</summary>
    public async Task<IReadOnlyList<NamedClock>> OfAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        if (!TicketAccess.MayRead(viewer, ticket.State))
        {
            return [];
        }

        var read = (await agreements.OfAsync(viewer, cancellation)).Select(policy => policy.Id).ToHashSet();
        return
        [
            .. NamedClock
                .Read(
                    ticket.Clocks,
                    clock.GetCurrentInstant(),
                    configuration.Snapshot,
                    language.HiddenFrom(viewer, configuration.Snapshot)
                )
                .Where(named => read.Contains(named.Clock.Policy.Id)),
        ];
    }
}
