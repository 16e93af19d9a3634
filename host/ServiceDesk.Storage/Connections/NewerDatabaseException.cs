namespace ServiceDesk.Storage.Connections;

/// <summary>
/// The database was brought to the tables of a newer version of the program. Whoever wrote to it with this one could break what
/// the newer one relies on, and could not even read all of it.
/// </summary>
/// <param name="migration">The newest of its migrations that this program does not know.</param>
public sealed class NewerDatabaseException(string migration)
    : Exception($"The database has had {migration}, which this version of the program does not know.")
{
    /// <summary>The newest of its migrations that this program does not know.</summary>
    public string Migration => migration;
}
