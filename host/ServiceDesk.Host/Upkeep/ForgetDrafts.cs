using NodaTime;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Forgets replies that nobody went on with, and sooner those that were sent or thrown away.</summary>
public sealed class ForgetDrafts(IReplyDrafts drafts, IClock clock) : IUpkeepTask
{
    /// <summary>How long a draft is kept that nobody touches.</summary>
    public static readonly Duration Kept = Duration.FromDays(180);

    /// <summary>How long it is known that one was sent or thrown away, for windows that are still open.</summary>
    public static readonly Duration Known = Duration.FromDays(14);

    public string Name => "reply drafts";

    public Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return drafts.ForgetAsync(now - Kept, now - Known, cancellation);
    }
}
