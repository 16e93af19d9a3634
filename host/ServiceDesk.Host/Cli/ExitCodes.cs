namespace ServiceDesk.Host.Cli;

/// <summary>What the program ends with.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command was understood and refused, or found something wrong; the reason is on stderr.</summary>
    public const int Refused = 1;

    /// <summary>The command line or an option is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The database or the running server could not be reached.</summary>
    public const int Unavailable = 3;
}
