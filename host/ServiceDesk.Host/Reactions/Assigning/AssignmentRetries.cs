using NodaTime;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Assigning;

/// <summary>Gives tickets that nobody could get when they came to people when these work again, on one node at a time.</summary>
public sealed partial class AssignmentRetries(
    Assigner assigner,
    IAssignmentStore store,
    ICursorStore cursors,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<AssignmentRetries> logger
) : BackgroundService
{
    /// <summary>How often is looked whether there is something due.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    private const string Cursor = "host.assignment-retries";
    private const int AtOnce = 100;
    private static readonly Duration Lease = Duration.FromMinutes(2);

    /// <summary>Decides everything again that is due, where no other node does.</summary>
    /// <returns>How many tickets were looked at.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var due = await store.DueAsync(clock.GetCurrentInstant(), AtOnce, cancellation);
        if (due.Count == 0)
        {
            return 0;
        }

        if (await cursors.AcquireAsync(Cursor, options.Node, Lease, startAt: 0, cancellation) is not { } lease)
        {
            return 0;
        }

        foreach (var (ticket, position) in due)
        {
            await assigner.AssignAsync(ticket, position, depth: 0, cancellation);
        }

        await cursors.ReleaseAsync(lease, cancellation);
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
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

    [LoggerMessage(LogLevel.Error, "Tickets that wait for somebody could not be given out; tried again soon")]
    private partial void LogFailed(Exception problem);
}

/// <summary>Forgets to whom tickets were given, long after: the tickets' histories say it.</summary>
public sealed class ForgetAssignments(IAssignmentStore store, IClock clock) : IUpkeepTask
{
    /// <summary>How long it is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public string Name => "assignments";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        store.ForgetAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
