using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions;

/// <summary>What timers and reactions write to the log.</summary>
internal static partial class ReactionLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The machine's clock was set by {Jump}. Timers go on by the new time; none takes effect twice."
    )]
    public static partial void ClockJumped(this ILogger logger, Duration jump);

    [LoggerMessage(2, LogLevel.Error, "Due timers could not be worked off; tried again soon")]
    public static partial void SweepFailed(this ILogger logger, Exception problem);

    [LoggerMessage(3, LogLevel.Error, "Timer {Key} of ticket {Ticket} failed; tried again when its lease ends")]
    public static partial void TimerFailed(this ILogger logger, Exception problem, string key, TicketId ticket);

    [LoggerMessage(4, LogLevel.Error, "Reaction {Reaction} cannot read the log; tried again soon")]
    public static partial void PumpFailed(this ILogger logger, Exception problem, string reaction);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Reaction {Reaction} failed at event {Position} of ticket {Ticket}, attempt {Attempt}: {Error}"
    )]
    public static partial void ReactionFailed(
        this ILogger logger,
        string reaction,
        long position,
        TicketId ticket,
        int attempt,
        string error
    );

    [LoggerMessage(
        6,
        LogLevel.Error,
        "Reaction {Reaction} gave up event {Position} of ticket {Ticket} after {Attempts} attempts; it is a dead letter now: {Error}"
    )]
    public static partial void ReactionDead(
        this ILogger logger,
        string reaction,
        long position,
        TicketId ticket,
        int attempts,
        string error
    );

    [LoggerMessage(7, LogLevel.Warning, "Another node reads for reaction {Reaction} now")]
    public static partial void LeaseLost(this ILogger logger, string reaction);

    [LoggerMessage(8, LogLevel.Warning, "The log could not be watched for live updates; tried again soon")]
    public static partial void WatchFailed(this ILogger logger, Exception problem);

    [LoggerMessage(
        9,
        LogLevel.Warning,
        "The database was not told that an import is under way; tried again soon. Another node may fire timers of its tickets"
    )]
    public static partial void HoldNotRenewed(this ILogger logger, Exception problem);

    [LoggerMessage(10, LogLevel.Warning, "The database was not told that an import has ended; it will know by itself")]
    public static partial void HoldNotReleased(this ILogger logger, Exception problem);
}
