using System.Globalization;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Runs scripts again and again, each on one node at a time: its cursor is the lease, and the cursor's position the instant at which its last run ended.</summary>
public sealed partial class ScriptJobs(
    IScriptRunner scripts,
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

    // Waiting for a worker included; shorter than the lease, so that no other node begins the same run.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Runs every script whose time has come.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        foreach (var script in configuration.Snapshot.All<ScriptDocument>())
        {
            if (script is { Enabled: true, Use: ScriptUse.Job })
            {
                await RunIfDueAsync(script, cancellation);
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

    private async Task RunIfDueAsync(ScriptDocument script, CancellationToken cancellation)
    {
        try
        {
            var now = clock.GetCurrentInstant();
            var start = script.Cron is null ? 0 : now.ToUnixTimeTicks();
            if (await cursors.AcquireAsync(Cursor(script), options.Node, Lease, start, cancellation) is not { } lease)
            {
                return;
            }

            if (DueAt(script, Instant.FromUnixTimeTicks(lease.Position), now) is { } due)
            {
                await RunAsync(script, lease.Position, cancellation);
                // By the clock the next turn counts from the time that was due; otherwise from the end of this one.
                var worked = script.Cron is null ? clock.GetCurrentInstant() : due;
                await cursors.AdvanceAsync(lease, worked.ToUnixTimeTicks(), [], cancellation);
            }

            await cursors.ReleaseAsync(lease, cancellation);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(problem, script.Id);
        }
    }

    private async Task RunAsync(ScriptDocument script, long since, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        var turn = string.Create(CultureInfo.InvariantCulture, $"script:{script.Id}:job:{since}");
        await scripts.RunAsync(script.Id, new ScriptOccasion("job") { KeyPrefix = turn }, limit.Token);
    }

    private static Instant? DueAt(ScriptDocument script, Instant since, Instant now) =>
        script switch
        {
            { Cron: { } cron } => Schedules.Last(cron, script.Zone, since, now),
            { Every: { } every } when since + every <= now => since + every,
            _ => null,
        };

    // Named by what it says, so that another time is a schedule of its own, which begins when it was written.
    private static string Cursor(ScriptDocument script) =>
        script.Cron is { } cron ? $"scripts.{script.Id}.{cron}.{script.Zone}" : $"scripts.{script.Id}.job";

    [LoggerMessage(LogLevel.Error, "The script {Script} could not be run at its time; tried again soon")]
    private partial void LogFailed(Exception problem, string script);
}
