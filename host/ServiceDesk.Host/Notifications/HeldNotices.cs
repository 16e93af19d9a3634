using NodaTime;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>Tells people what was kept for them, when their quiet hours are over. Any node may do it: what is kept stands in the database.</summary>
public sealed partial class HeldNotices(
    INotificationStore store,
    NotificationFeed feed,
    IClock clock,
    TimeProvider time,
    ILogger<HeldNotices> logger
) : BackgroundService
{
    /// <summary>How often is looked whether something is due.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    private const int AtOnce = 200;

    /// <summary>Tells everything that is due.</summary>
    /// <returns>How much was told.</returns>
    public async Task<int> ReleaseAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await store.ReleaseAsync(clock.GetCurrentInstant(), AtOnce, cancellation) is { Count: > 0 } told)
        {
            feed.Tell([.. told.Distinct()]);
            count += told.Count;
        }

        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReleaseAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(problem);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Pause.ForAsync(Between, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "Notifications that were kept could not be told; tried again soon")]
    private partial void LogFailed(Exception problem);
}
