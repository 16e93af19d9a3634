using NodaTime;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Forgets past runs of scripts after a while.</summary>
public sealed class ForgetRuns(IScriptStore store, IClock clock) : IUpkeepTask
{
    /// <summary>How long they are kept. Longer than any reaction is tried again, since a noted run is what tells that an event was handled.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public string Name => "runs of scripts";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        store.ForgetRunsAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
