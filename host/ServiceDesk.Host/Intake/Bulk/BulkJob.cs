using NodaTime;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>Works off edits in the background: those that are too many for a request, and those whose server has stopped.</summary>
public sealed partial class BulkJob(
    IBulkRuns runs,
    BulkWork work,
    BulkSignal signal,
    IClock clock,
    TimeProvider time,
    ILogger<BulkJob> logger
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <summary>Works off all that nobody is at.</summary>
    public async Task RoundAsync(CancellationToken cancellation)
    {
        foreach (var id in await runs.UnclaimedAsync(clock.GetCurrentInstant() - BulkWork.Silence, cancellation))
        {
            try
            {
                await work.RunAsync(id, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                LogFailed(problem, id);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
                await signal.WaitAsync(Between, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogLost(problem);
                await Reactions.Pause.ForAsync(Between, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Bulk edit {Run} stopped in the middle; it goes on from there")]
    private partial void LogFailed(Exception problem, long run);

    [LoggerMessage(LogLevel.Error, "Bulk edits could not be looked for; tried again")]
    private partial void LogLost(Exception problem);
}
