using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Sla;

/// <summary>A ticket with clocks that are not decided, as its row has it.</summary>
public sealed record ForecastTicket(
    TicketId Id,
    string Key,
    string Summary,
    string Desk,
    string Type,
    Priority Priority,
    PersonId? Assignee,
    TeamId? Team,
    IReadOnlyList<StoredClock> Clocks
);

/// <summary>A clock as its row has it.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">The cycle.</param>
/// <param name="Status">Running or paused.</param>
/// <param name="DueAt">When it is due; null while it is paused.</param>
/// <param name="Left">Working time left when it last changed.</param>
/// <param name="Calendar">What counts.</param>
public sealed record StoredClock(
    string Metric,
    int Cycle,
    ClockStatus Status,
    Instant? DueAt,
    Duration Left,
    DocumentVersion Calendar
);

/// <summary>Reads what a forecast is reckoned from, of the desks that the viewer works on. Safe for use by many threads.</summary>
public interface IForecastStore
{
    /// <summary>Tickets that are not done and have a clock that is due before an instant; the nearest first.</summary>
    Task<IReadOnlyList<ForecastTicket>> DueAsync(
        Viewer viewer,
        Instant before,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>Tickets that are not done and have a paused clock; those that changed last first.</summary>
    Task<IReadOnlyList<ForecastTicket>> PausedAsync(Viewer viewer, int limit, CancellationToken cancellation);

    /// <summary>Tickets that an agent solved from an instant on; the newest first.</summary>
    Task<IReadOnlyList<SolvedTicket>> SolvedAsync(
        Viewer viewer,
        Instant since,
        int limit,
        CancellationToken cancellation
    );
}
