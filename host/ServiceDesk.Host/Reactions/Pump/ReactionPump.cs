using ServiceDesk.Host.Plugins;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>The reactions of the host and its plugins.</summary>
public sealed class ReactionList(IEnumerable<PumpedReaction> own, PluginCatalog plugins)
{
    /// <summary>All of them, by their unique names.</summary>
    public IReadOnlyList<PumpedReaction> All { get; } =
    [
        .. own,
        .. plugins.Reactions.Select(reaction => new PumpedReaction(
            reaction.Cursor,
            reaction.Type,
            () => plugins.IsResting(reaction)
        )),
    ];
}

/// <summary>Runs a reader of the log for each reaction, each on its own: none waits for another.</summary>
public sealed class ReactionPump(ReactionList reactions, ReactionReaderFactory readers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(reactions.All.Select(reaction => readers.Create(reaction).RunAsync(stoppingToken)));
}
