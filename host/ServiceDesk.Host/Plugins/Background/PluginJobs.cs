using System.Collections.Concurrent;
using NodaTime;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>
/// Runs the plugins' jobs when their time has come, each on one node at a time: the job's cursor is its lease, and the cursor's
/// position the instant at which its last run ended. A job that fails is tried again at its next turn.
/// </summary>
public sealed partial class PluginJobs(
    PluginCatalog plugins,
    IServiceScopeFactory scopes,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<PluginJobs> logger
) : BackgroundService
{
    /// <summary>How often is looked whether a job's time has come.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // A node that dies in the middle leaves the job to others after the longest run.
    private static readonly Duration Lease = Duration.FromTimeSpan(Limit) + Duration.FromMinutes(1);

    // The lease tells nodes apart, not two who look at once in this one.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <summary>Runs every job whose time has come, after a run of it that is under way.</summary>
    public Task RunDueAsync(CancellationToken cancellation) =>
        Task.WhenAll(plugins.Jobs.Select(job => RunIfDueAsync(job, cancellation)));

    // Each on its own: one that takes long holds up no other.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(plugins.Jobs.Select(job => WatchAsync(job, stoppingToken)));

    private async Task WatchAsync(JobRegistration job, CancellationToken stopping)
    {
        try
        {
            using var timer = new PeriodicTimer(Between, time);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await RunIfDueAsync(job, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; what was cut off is done anew.
        }
    }

    private async Task RunIfDueAsync(JobRegistration job, CancellationToken cancellation)
    {
        var turn = turns.GetOrAdd(job.Cursor, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            await RunInTurnAsync(job, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RunInTurnAsync(JobRegistration job, CancellationToken cancellation)
    {
        if (plugins.Find(job.Plugin) is not { IsActive: true } plugin || plugin.Health.IsPaused(job.Handler))
        {
            return;
        }

        try
        {
            if (await cursors.AcquireAsync(job.Cursor, options.Node, Lease, startAt: 0, cancellation) is not { } lease)
            {
                return;
            }

            if (Instant.FromUnixTimeTicks(lease.Position) + job.Every <= clock.GetCurrentInstant())
            {
                await RunAsync(job, plugin.Health, cancellation);
                var end = clock.GetCurrentInstant().ToUnixTimeTicks();
                await cursors.AdvanceAsync(lease, end, [], cancellation);
            }

            await cursors.ReleaseAsync(lease, cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            LogUndecided(problem, job.Cursor);
        }
    }

    private async Task RunAsync(JobRegistration job, PluginHealth health, CancellationToken cancellation)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            await using var scope = scopes.CreateAsyncScope();
            var work = (IJob)scope.ServiceProvider.GetRequiredService(job.Type);
            await work.RunAsync(both.Token).WaitAsync(Limit, time, cancellation);
            health.Succeeded(job.Handler);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            health.Count(job.Handler, problem);
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} could not be claimed; tried again soon")]
    private partial void LogUndecided(Exception problem, string job);
}
