using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Workflow;

/// <summary>Which tickets are in which statuses, for who changes a workflow. No access check: it gives numbers and ids, no content.</summary>
public interface IStatusTickets
{
    /// <summary>How many tickets of the types are in each of the statuses; one without tickets is left out.</summary>
    /// <param name="question">Which tickets.</param>
    Task<IReadOnlyDictionary<string, int>> CountAsync(StatusQuestion question, CancellationToken cancellation);

    /// <summary>Tickets in these statuses, by id.</summary>
    /// <param name="after">Only behind this one.</param>
    Task<IReadOnlyList<TicketId>> FindAsync(
        StatusQuestion question,
        TicketId after,
        int limit,
        CancellationToken cancellation
    );
}

/// <summary>Tickets of some types in some statuses.</summary>
/// <param name="Desks">The desks that there are; the index leads over them.</param>
/// <param name="Types">Ids of ticket types.</param>
/// <param name="Statuses">Ids of statuses.</param>
public sealed record StatusQuestion(
    IReadOnlyCollection<string> Desks,
    IReadOnlyCollection<string> Types,
    IReadOnlyCollection<string> Statuses
);
