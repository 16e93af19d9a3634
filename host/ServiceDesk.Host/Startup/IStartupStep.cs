namespace ServiceDesk.Host.Startup;

/// <summary>
/// Work that must be done before the first request or command, by a server as well as by a command line without one:
/// migrate the database, load the configuration, write the plugins' documents. Steps run one after another by
/// <see cref="Order"/>; one that throws ends the process.
/// </summary>
public interface IStartupStep
{
    /// <summary>Place among the steps; see <see cref="StartupOrder"/>.</summary>
    int Order { get; }

    /// <summary>Does the work; can be repeated at every start.</summary>
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>The order of the steps.</summary>
public static class StartupOrder
{
    /// <summary>The database is migrated.</summary>
    public const int Storage = 100;

    /// <summary>Configuration documents are loaded, those of plugins written at first start.</summary>
    public const int Configuration = 200;

    /// <summary>People that must exist.</summary>
    public const int People = 300;

    /// <summary>What demo mode fills in.</summary>
    public const int Demo = 400;

    /// <summary>Reactions that are new begin to read the log, behind all that is in it.</summary>
    public const int Reactions = 500;
}
