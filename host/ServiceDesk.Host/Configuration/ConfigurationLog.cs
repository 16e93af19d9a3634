namespace ServiceDesk.Host.Configuration;

/// <summary>What the log says of the configuration.</summary>
internal static partial class ConfigurationLog
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Configuration document {Kind}/{Id} in version {Version} cannot be read and is left out."
    )]
    public static partial void DocumentUnreadable(
        this ILogger logger,
        string kind,
        string id,
        int version,
        Exception error
    );

    [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration could not be looked up; trying again.")]
    public static partial void RefreshFailed(this ILogger logger, Exception error);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The configuration is now at revision {Revision} ({Documents} documents)."
    )]
    public static partial void Refreshed(this ILogger logger, long revision, int documents);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A document that {Source} brings is not written: {Path}{Place}: {Code} {Arguments}"
    )]
    public static partial void ShippedLeftOut(
        this ILogger logger,
        string source,
        string path,
        string place,
        string code,
        string arguments
    );

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote {Count} documents that {Source} brings.")]
    public static partial void ShippedWritten(this ILogger logger, int count, string source);
}
