using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Data;

/// <summary>The one way to a plugin's tables. Inject it anywhere; safe for use by many threads.</summary>
/// <typeparam name="TContext">The plugin's context.</typeparam>
public interface IPluginTables<TContext>
    where TContext : PluginDbContext
{
    /// <summary>Reads. The context is for this call alone; what it changes is not saved.</summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<T> ReadAsync<T>(Func<TContext, CancellationToken, Task<T>> read, CancellationToken cancellation = default);

    /// <summary>
    /// Writes in one transaction that takes its turn at the product's writer; changes are saved and committed when
    /// <paramref name="write"/> ends, and undone when it throws. Keep it short: on the embedded database everything else that
    /// writes waits, tickets too. Do no other work in it than with the context.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached or did not take it.</exception>
    Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<T>> write, CancellationToken cancellation = default);
}
