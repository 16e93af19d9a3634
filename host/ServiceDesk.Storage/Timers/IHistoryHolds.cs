using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Timers;

/// <summary>
/// Who is bringing in history, on whichever node. Each holds a lease by the database's clock, which ends by itself when the
/// process that holds it dies.
/// </summary>
public interface IHistoryHolds
{
    /// <summary>Takes a lease or, for its holder, renews it. Several may hold one at the same time.</summary>
    /// <param name="holder">Tells it from all others; at most 255 characters.</param>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    Task HoldAsync(string holder, Duration lease, CancellationToken cancellation);

    /// <summary>Gives a lease back.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    Task ReleaseAsync(string holder, CancellationToken cancellation);

    /// <summary>Whether anybody holds one now.</summary>
    Task<bool> AnyAsync(CancellationToken cancellation);
}
