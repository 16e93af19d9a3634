using System.Data.Common;

namespace ServiceDesk.Storage.Connections;

/// <summary>Tells a database that cannot be read from other errors.</summary>
internal static class Reading
{
    /// <exception cref="Sdk.Tickets.StorageUnavailableException">The database cannot be reached.</exception>
    public static async Task<T> AvailableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DbException error)
        {
            throw Database.Unavailable(error);
        }
        catch (InvalidOperationException error) when (error.InnerException is DbException inner)
        {
            // EF Core's advice to retry, around the driver's error.
            throw Database.Unavailable(inner);
        }
    }
}
