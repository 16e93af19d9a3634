using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Configuration;

/// <summary>Looks every second whether another node, or a command line, has written a new revision.</summary>
public sealed class ConfigurationWatch(ConfigurationCache cache, TimeProvider time, ILogger<ConfigurationWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var before = cache.Snapshot.Revision;
            try
            {
                var after = await cache.RefreshAsync(stoppingToken);
                if (after.Revision != before)
                {
                    log.Refreshed(after.Revision, after.Documents.Count());
                }
            }
            catch (StorageUnavailableException error)
            {
                log.RefreshFailed(error);
            }
        }
    }
}
