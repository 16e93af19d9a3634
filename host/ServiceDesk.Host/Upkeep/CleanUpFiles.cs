using NodaTime;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Takes away files that were uploaded and never attached to anything.</summary>
public sealed class CleanUpFiles(IFileStore files, IClock clock) : IUpkeepTask
{
    /// <summary>How long an upload may wait for the form it belongs to.</summary>
    public static readonly Duration Kept = Duration.FromDays(1);

    public string Name => "files nobody attached";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        files.CleanUpAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
