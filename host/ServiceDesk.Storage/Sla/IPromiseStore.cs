using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Sla;

/// <summary>Keeps promises as reports count them.</summary>
public interface IPromiseStore
{
    /// <summary>The promises of these tickets that are kept as stopped.</summary>
    Task<IReadOnlyCollection<SettledPromise>> SettledAsync(
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation
    );

    /// <summary>Writes the promises of tickets. To write the same again changes nothing.</summary>
    Task KeepAsync(IReadOnlyCollection<TicketPromises> tickets, CancellationToken cancellation);
}

/// <summary>A promise that is kept as stopped.</summary>
public sealed record SettledPromise(
    TicketId Ticket,
    string Metric,
    int Cycle,
    Instant? StoppedAt,
    Duration Elapsed,
    Duration Target,
    ClockVerdict Verdict,
    ClockVerdict? Was
)
{
    /// <summary>Whether a clock is this promise, unchanged since.</summary>
    public bool Is(SlaClock clock) =>
        clock.Status == ClockStatus.Stopped
        && clock.Metric == Metric
        && clock.Cycle == Cycle
        && clock.StoppedAt == StoppedAt
        && clock.Elapsed == Elapsed
        && clock.Target == Target
        && clock.Verdict == Verdict
        && clock.Correction?.Was == Was;
}

/// <summary>All promises of a ticket.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Changed">Those to be written.</param>
/// <param name="Standing">Those that stay as they are kept: metric and cycle. What is kept and in neither list goes.</param>
public sealed record TicketPromises(
    TicketId Ticket,
    IReadOnlyList<ClockAccount> Changed,
    IReadOnlyList<(string Metric, int Cycle)> Standing
);
