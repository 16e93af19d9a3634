namespace ServiceDesk.Host.Api;

/// <summary>What the log says of the API.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    public static partial void RequestFailed(this ILogger logger, string method, string? path, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be reached for a request.")]
    public static partial void DatabaseUnavailable(this ILogger logger, Exception error);
}
