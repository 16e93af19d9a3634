using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>
/// A plugin's facet that keeps the ticket readable whatever the plugin does: an event that it cannot fold leaves the facet as
/// it was. It goes on folding when its plugin was switched off since start, so that state and log stay equal.
/// </summary>
internal static class GuardedFacet
{
    public static FacetModel Around(FacetModel facet, PluginHealth health)
    {
        var evolve = $"facet {facet.Id}";
        var timers = $"timers of facet {facet.Id}";
        return facet with
        {
            Evolve = (current, @event, ticket) =>
                Try(health, evolve, current, () => facet.Evolve(current, @event, ticket)),
            Timers = (ticket, state) => Timers(facet, health, timers, ticket, state),
            OnTimer = (ticket, state, timer) =>
                Try<IEnumerable<TicketEvent>>(health, timers, [], () => [.. facet.OnTimer(ticket, state, timer)]),
        };
    }

    /// <summary>A timer whose handling throws stays due. After five failures in a row it is no longer derived, or it would come back for ever.</summary>
    private static IEnumerable<DerivedTimer> Timers(
        FacetModel facet,
        PluginHealth health,
        string handler,
        TicketState ticket,
        object state
    )
    {
        if (health.IsSwitchedOff || health.IsPaused(handler))
        {
            return [];
        }

        try
        {
            var prefix = facet.Id + ":";
            return
            [
                .. facet.Timers(ticket, state).Where(timer => timer.Key.StartsWith(prefix, StringComparison.Ordinal)),
            ];
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            return [];
        }
    }

    private static T Try<T>(PluginHealth health, string handler, T otherwise, Func<T> call)
    {
        try
        {
            var result = call();
            health.Succeeded(handler);
            return result;
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            return otherwise;
        }
    }
}
