using ServiceDesk.Host.Reactions;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Says to open pages of this process what people were told on other nodes. Numbers are given before they are committed, so
/// that a smaller one may appear later: it looks back a little, and remembers what it said.
/// </summary>
public sealed partial class NotificationWatch(
    INotificationStore store,
    NotificationFeed feed,
    TimeProvider time,
    ILogger<NotificationWatch> logger
) : BackgroundService
{
    /// <summary>How soon what another node told is seen.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private const int LookBack = 200;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private SortedSet<long> said = [];
    private long? newest;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (!feed.IsHeard)
        {
            newest = null;
            return;
        }

        var isFirst = newest is null;
        newest ??= await store.NewestAsync(cancellation);
        var found = await store.SinceAsync(newest.Value - LookBack, cancellation);
        var fresh = found.Where(one => !said.Contains(one.Id)).ToList();
        newest = found.Count == 0 ? newest : Math.Max(newest.Value, found[^1].Id);
        said = [.. found.Select(one => one.Id)];
        if (!isFirst)
        {
            feed.Tell([.. fresh.Select(one => one.Person).Distinct()]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Between;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem)
            {
                LogFailed(problem);
                pause = AfterFailure;
            }

            await Pause.ForAsync(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "New notifications could not be looked for; tried again soon")]
    private partial void LogFailed(Exception problem);
}
