using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Host.Cli.Verification;

/// <summary>Folds tickets anew, each event under the configuration that it was decided under.</summary>
internal sealed class TicketReplay(TicketEngine engine, ConfigurationHistory history) : ITicketReplay
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

    public async Task<IReadOnlyList<DerivedTimer>> TimersAsync(
        TicketSnapshot ticket,
        RecordedEvent last,
        CancellationToken cancellation
    ) => engine.TimersOf(ticket, await history.AtAsync(last.ConfigurationRevision, cancellation));
}
