using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Storage.Reactions;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>
/// Follows the log from its first event on and has the promises of its tickets written, on one node at a time. An installation
/// from before catches up by it.
/// </summary>
public sealed partial class PromiseJob(
    PromiseUpkeep upkeep,
    ICursorStore cursors,
    RecentEvents recent,
    ICommitSignal signal,
    TimerBacklog backlog,
    HostOptions options,
    TimeProvider time,
    ILogger<PromiseJob> logger
) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly Duration Lease = Duration.FromMinutes(1);
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private CursorLease? held;
    private long heldSince;

    /// <summary>Takes one batch.</summary>
    /// <returns>The position up to which it is written, and whether there may be more; null while another node does it.</returns>
    internal async Task<(long Position, bool More)?> StepAsync(CancellationToken cancellation)
    {
        if (await HoldAsync(cancellation) is not { } lease)
        {
            return null;
        }

        var events = await recent.ReadAsync(lease.Position, BatchSize, cancellation);
        if (events.Count == 0)
        {
            return (lease.Position, false);
        }

        await upkeep.ApplyAsync(events, cancellation);
        var position = events[^1].Position;
        held = await cursors.AdvanceAsync(lease, position, [], cancellation)
            ? lease with
            {
                Position = position,
            }
            : null;
        return (position, true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await backlog.YieldAsync(stoppingToken);
                switch (await StepAsync(stoppingToken))
                {
                    case null:
                        await Pause.ForAsync(AfterFailure, time, stoppingToken);
                        break;
                    case (var position, false):
                        await signal.WaitAsync(position, LongestWait, stoppingToken);
                        break;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                held = null;
                LogFailed(problem);
                await Pause.ForAsync(AfterFailure, time, stoppingToken);
            }
        }
    }

    // Renewed long before it ends, and not at each look at a log in which nothing happens.
    private async Task<CursorLease?> HoldAsync(CancellationToken cancellation)
    {
        if (held is not null && time.GetElapsedTime(heldSince) < LeaseRenewal)
        {
            return held;
        }

        heldSince = time.GetTimestamp();
        held = await cursors.AcquireAsync(PromiseStore.Cursor, options.Node, Lease, startAt: 0, cancellation);
        return held;
    }

    [LoggerMessage(LogLevel.Error, "The promises of tickets could not be written; tried again soon")]
    private partial void LogFailed(Exception problem);
}
