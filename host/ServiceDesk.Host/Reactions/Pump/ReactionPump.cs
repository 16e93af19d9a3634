using ServiceDesk.Host.Plugins;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>Runs a reader of the log for each reaction, each on its own: none waits for another.</summary>
public sealed class ReactionPump(IEnumerable<PumpedReaction> own, PluginCatalog plugins, ReactionReaderFactory readers)
    : BackgroundService
{
    /// <summary>The reactions of the host and its plugins.</summary>
    public IReadOnlyList<PumpedReaction> Reactions { get; } =
    [.. own, .. plugins.Reactions.Select(reaction => new PumpedReaction(reaction.Cursor, reaction.Type))];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Reactions.Select(reaction => readers.Create(reaction).RunAsync(stoppingToken)));
}
