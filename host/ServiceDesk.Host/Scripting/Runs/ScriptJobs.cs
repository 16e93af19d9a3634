using System.Globalization;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Runs scripts again and again, each on one node at a time: its cursor is the lease, and the cursor's position the instant at which its last run ended.</summary>
public sealed partial class ScriptJobs(
    IScripts scripts,
    ICurrentConfiguration configuration,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<ScriptJobs> logger
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private static readonly Duration Lease = Duration.FromMinutes(2);

    /// <summary>Runs every script whose time has come.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        foreach (var script in configuration.Snapshot.All<ScriptDocument>())
        {
            if (script is { Enabled: true, Use: ScriptUse.Job, Every: { } every })
            {
                await RunIfDueAsync(script, every, cancellation);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Between, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was cut off is done anew, with the same keys.
        }
    }

    private async Task RunIfDueAsync(ScriptDocument script, Duration every, CancellationToken cancellation)
    {
        try
        {
            var name = $"scripts.{script.Id}.job";
            if (await cursors.AcquireAsync(name, options.Node, Lease, startAt: 0, cancellation) is not { } lease)
            {
                return;
            }

            if (Instant.FromUnixTimeTicks(lease.Position) + every <= clock.GetCurrentInstant())
            {
                var turn = string.Create(CultureInfo.InvariantCulture, $"script:{script.Id}:job:{lease.Position}");
                await scripts.RunAsync(script.Id, new ScriptOccasion("job") { KeyPrefix = turn }, cancellation);
                await cursors.AdvanceAsync(lease, clock.GetCurrentInstant().ToUnixTimeTicks(), [], cancellation);
            }

            await cursors.ReleaseAsync(lease, cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(problem, script.Id);
        }
    }

    [LoggerMessage(LogLevel.Error, "The script {Script} could not be run at its time; tried again soon")]
    private partial void LogFailed(Exception problem, string script);
}
