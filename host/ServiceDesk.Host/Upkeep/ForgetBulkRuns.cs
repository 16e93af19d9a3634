using NodaTime;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Forgets choices of tickets that nobody went on with, and bulk edits that are long over: they can no longer be taken back.</summary>
public sealed class ForgetBulkRuns(IBulkRuns runs, IClock clock) : IUpkeepTask
{
    /// <summary>How long a choice or preview waits.</summary>
    public static readonly Duration Idle = Duration.FromDays(2);

    /// <summary>How long an edit can be looked at and taken back.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public string Name => "bulk edits";

    public Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return runs.ForgetAsync(now - Idle, now - Kept, cancellation);
    }
}
