using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>
/// Feeds the log to the plugins' projections, each on one node at a time by the lease of a cursor. The cursor's position means
/// nothing: where a projection stands it knows itself.
/// </summary>
public sealed partial class PluginProjections(
    PluginCatalog plugins,
    IServiceScopeFactory scopes,
    ICursorStore cursors,
    IEventLog log,
    RecentEvents recent,
    ITicketSnapshots snapshots,
    ICommitSignal signal,
    HostOptions options,
    TimeProvider time,
    ILogger<PluginProjections> logger
) : BackgroundService
{
    /// <summary>Most events of a batch.</summary>
    public const int BatchSize = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly Duration Lease = Duration.FromTimeSpan(Limit) + Duration.FromSeconds(15);

    // So early that what begins just before still ends within the lease.
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Feeds one batch.</summary>
    /// <returns>The position up to which it was fed, and whether there is more to feed at once.</returns>
    internal async Task<(long Position, bool More)> FeedAsync(
        ProjectionRegistration projection,
        CancellationToken cancellation
    )
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var work = (IProjection)scope.ServiceProvider.GetRequiredService(projection.Type);
        var position = await work.PositionAsync(both.Token).WaitAsync(Limit, time, cancellation);
        var events = await recent.ReadAsync(position, BatchSize, cancellation);
        if (events.Count == 0)
        {
            return (position, false);
        }

        var tickets = await snapshots.FindAsync([.. events.Select(one => one.Ticket).Distinct()], cancellation);
        var head =
            events.Count < BatchSize ? Math.Max(events[^1].Position, signal.Head) : await log.HeadAsync(cancellation);
        await work.ApplyAsync(new ProjectionBatch(events.ToValueList(), tickets, head), both.Token)
            .WaitAsync(Limit, time, cancellation);
        return (events[^1].Position, events.Count == BatchSize);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(plugins.Projections.Select(projection => FollowAsync(projection, stoppingToken)));

    private async Task FollowAsync(ProjectionRegistration projection, CancellationToken stopping)
    {
        var held = new Held();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await StepAsync(projection, held, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                held.Since = null;
                LogUnfed(problem, projection.Cursor);
                await WaitAsync(AfterFailure, stopping);
            }
        }
    }

    private async Task StepAsync(ProjectionRegistration projection, Held held, CancellationToken stopping)
    {
        if (
            plugins.Find(projection.Plugin) is not { IsActive: true } plugin
            || plugin.Health.IsPaused(projection.Handler)
            || !await HoldAsync(projection, held, stopping)
        )
        {
            await WaitAsync(AfterFailure, stopping);
            return;
        }

        if (await FedAsync(projection, plugin.Health, stopping) is not { } fed)
        {
            await WaitAsync(AfterFailure, stopping);
        }
        else if (!fed.More)
        {
            await signal.WaitAsync(fed.Position, LongestWait, stopping);
        }
    }

    private async Task<bool> HoldAsync(ProjectionRegistration projection, Held held, CancellationToken stopping)
    {
        if (held.Since is { } since && time.GetElapsedTime(since) < LeaseRenewal)
        {
            return true;
        }

        var now = time.GetTimestamp();
        var lease = await cursors.AcquireAsync(projection.Cursor, options.Node, Lease, startAt: 0, stopping);
        held.Since = lease is null ? null : now;
        return lease is not null;
    }

    private async Task<(long Position, bool More)?> FedAsync(
        ProjectionRegistration projection,
        PluginHealth health,
        CancellationToken stopping
    )
    {
        try
        {
            var fed = await FeedAsync(projection, stopping);
            health.Succeeded(projection.Handler);
            return fed;
        }
        catch (StorageUnavailableException)
        {
            throw;
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            health.Count(projection.Handler, problem);
            return null;
        }
    }

    private Task WaitAsync(TimeSpan span, CancellationToken stopping) => Task.Delay(span, time, stopping);

    [LoggerMessage(LogLevel.Error, "The projection {Projection} could not be fed; tried again soon")]
    private partial void LogUnfed(Exception problem, string projection);

    // Since when the lease of a projection's cursor is held; null when it is not.
    private sealed class Held
    {
        public long? Since { get; set; }
    }
}
