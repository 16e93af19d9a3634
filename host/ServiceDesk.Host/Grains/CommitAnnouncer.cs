using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Grains;

/// <summary>Tells this process what was committed: the readers of the log, and the sweeper about the earliest timer.</summary>
public sealed class CommitAnnouncer(ICommitSignal signal, TimerAlarm alarm)
{
    public void Announce(ValueList<RecordedEvent> events, ValueList<DerivedTimer> timers)
    {
        signal.Publish(events);
        if (timers.Count > 0)
        {
            alarm.Notice(timers.Min(timer => timer.DueAt));
        }
    }
}
