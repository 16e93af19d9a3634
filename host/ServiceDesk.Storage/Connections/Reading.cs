namespace ServiceDesk.Storage.Connections;

/// <summary>Tells a database that cannot be read from other errors.</summary>
internal static class Reading
{
    /// <inheritdoc cref="AvailableAsync{T}"/>
    public static T Available<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (Database.Cause(error) is not null)
        {
            throw Database.Unavailable(error);
        }
    }

    /// <exception cref="Sdk.Tickets.StorageUnavailableException">The database cannot be reached.</exception>
    public static async Task<T> AvailableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (Database.Cause(error) is not null)
        {
            throw Database.Unavailable(error);
        }
    }
}
