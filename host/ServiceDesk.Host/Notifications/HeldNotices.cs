using NodaTime;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells people what was kept for them, when their quiet hours are over, but for reminders of promises whose clocks were stopped
/// meanwhile. Any node may do it: what is kept stands in the database.
/// </summary>
public sealed partial class HeldNotices(
    INotificationStore store,
    NotificationFeed feed,
    ITicketGrains grains,
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
        while (await store.DueAsync(clock.GetCurrentInstant(), AtOnce, cancellation) is { Count: > 0 } due)
        {
            var past = new List<long>();
            foreach (var one in due)
            {
                if (await IsPastAsync(one, cancellation))
                {
                    past.Add(one.Id);
                }
            }

            await store.DropAsync(past, cancellation);
            long[] rest = [.. due.Select(one => one.Id).Except(past)];
            var told = await store.ReleaseAsync(rest, clock.GetCurrentInstant(), cancellation);
            feed.Tell([.. told.Distinct()]);
            count += told.Count;
        }

        return count;
    }

    private async Task<bool> IsPastAsync(HeldNotification held, CancellationToken cancellation) =>
        held.Ticket is { } ticket
        && SlaNotices.IsMine(held.Key)
        && (await grains.GetAsync(ticket, cancellation) is not { } now || SlaNotices.IsPast(now, held.Key));

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
