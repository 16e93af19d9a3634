using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>What every reader of the log works with.</summary>
public sealed class ReactionReaderFactory(
    ICursorStore cursors,
    IDeadLetters parked,
    IEventLog log,
    RecentEvents recent,
    ReactionCall call,
    ICommitSignal signal,
    TimerBacklog backlog,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILoggerFactory loggers
)
{
    internal ICursorStore Cursors => cursors;
    internal IDeadLetters Parked => parked;
    internal IEventLog Log => log;
    internal RecentEvents Recent => recent;
    internal ReactionCall Call => call;
    internal ICommitSignal Signal => signal;
    internal TimerBacklog Backlog => backlog;
    internal string Node => options.Node;
    internal IClock Clock => clock;
    internal TimeProvider Time => time;
    internal ILogger Logger { get; } = loggers.CreateLogger<ReactionPump>();

    /// <summary>A reader for a reaction.</summary>
    public ReactionReader Create(PumpedReaction reaction) => new(reaction, this);
}
