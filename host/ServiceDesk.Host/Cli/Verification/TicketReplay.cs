using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Host.Cli.Verification;

/// <summary>Folds tickets anew, each event under the configuration that it was decided under.</summary>
/// <param name="engine">Folds.</param>
/// <param name="history">The configuration at each revision.</param>
/// <param name="current">The newest revision, under which timers come now.</param>
/// <param name="now">What is due has come.</param>
internal sealed class TicketReplay(TicketEngine engine, ConfigurationHistory history, long current, Instant now)
    : ITicketReplay
{
    public async Task<TicketSnapshot?> ReplayAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        var configurations = new Dictionary<long, ConfigurationSnapshot>();
        foreach (var revision in events.Select(recorded => recorded.ConfigurationRevision).Distinct())
        {
            configurations[revision] = await history.AtAsync(revision, cancellation);
        }

        return engine.Replay(events, revision => configurations[revision]);
    }

    public async Task<ExpectedTimers> TimersAsync(
        TicketSnapshot ticket,
        RecordedEvent last,
        CancellationToken cancellation
    )
    {
        var configuration = await history.AtAsync(last.ConfigurationRevision, cancellation);
        var may = engine.TimersOf(ticket, configuration);
        var due = may.Where(timer => timer.DueAt <= now).ToHashSet();
        if (due.Count > 0)
        {
            // Under both, since nobody knows which held when it came.
            var today = await history.AtAsync(current, cancellation);
            due.RemoveWhere(timer =>
                engine.HasEffect(ticket, timer, configuration) && engine.HasEffect(ticket, timer, today)
            );
        }

        return new ExpectedTimers(may, [.. may.Except(due)]);
    }
}
