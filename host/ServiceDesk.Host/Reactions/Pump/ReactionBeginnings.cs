using NodaTime;
using ServiceDesk.Host.Startup;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>Gives each reaction that was never seen its cursor before the first command: it reacts to all that comes, and to nothing past.</summary>
public sealed class ReactionBeginnings(ReactionList reactions, ICursorStore cursors, IEventLog log, HostOptions options)
    : IStartupStep
{
    private static readonly Duration Moment = Duration.FromSeconds(5);

    public int Order => StartupOrder.Reactions;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var known = await cursors.PositionsAsync(cancellation);
        foreach (var reaction in reactions.All.Where(reaction => !known.ContainsKey(reaction.Name)))
        {
            var head = await log.HeadAsync(cancellation);
            if (await cursors.AcquireAsync(reaction.Name, options.Node, Moment, head, cancellation) is { } lease)
            {
                await cursors.ReleaseAsync(lease, cancellation);
            }
        }
    }
}
