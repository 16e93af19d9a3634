namespace ServiceDesk.Host.Upkeep;

/// <summary>Does the upkeep soon after the start, and then once a day. A task that fails is told of in the log and tried again at the next round; the others go on.</summary>
public sealed partial class UpkeepRounds(
    IEnumerable<IUpkeepTask> tasks,
    TimeProvider time,
    ILogger<UpkeepRounds> logger
) : BackgroundService
{
    // The first requests after a start come first.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <summary>One round over all tasks.</summary>
    public async Task RoundAsync(CancellationToken cancellation)
    {
        foreach (var task in tasks)
        {
            try
            {
                var count = await task.RunAsync(cancellation);
                if (count > 0)
                {
                    LogDone(task.Name, count);
                }
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(problem, task.Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            await RoundAsync(stoppingToken);
            using var timer = new PeriodicTimer(Between, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not done is done at the next start.
        }
    }

    [LoggerMessage(LogLevel.Information, "Upkeep of {Task}: {Count} done")]
    private partial void LogDone(string task, int count);

    [LoggerMessage(LogLevel.Error, "Upkeep of {Task} failed; tried again at the next round")]
    private partial void LogFailed(Exception problem, string task);
}
