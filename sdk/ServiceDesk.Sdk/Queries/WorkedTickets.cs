using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Queries;

/// <summary>Tickets by the key in an address, for the pages and routes of agents.</summary>
public static class WorkedTickets
{
    /// <summary>The ticket of a key on a desk that the viewer works on; null when there is none such, for whatever reason: a ticket that one may not see looks like one that does not exist.</summary>
    /// <param name="key">As it stands in the address; an old key of a moved ticket finds it.</param>
    /// <param name="type">The ticket type that it must have; null takes any.</param>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    public static async Task<TicketState?> FindWorkedAsync(
        this ITicketQueries queries,
        Viewer? viewer,
        string? key,
        string? type = null,
        CancellationToken cancellation = default
    ) =>
        viewer is not null
        && TicketKey.TryParse(key, out var parsed)
        && await queries.FindByKeyAsync(viewer, parsed, cancellation) is { State: var found }
        && (type is null || found.Type == type)
        && viewer.WorksOn(found.Desk)
            ? found
            : null;
}
