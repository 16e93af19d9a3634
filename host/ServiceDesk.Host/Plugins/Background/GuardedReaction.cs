using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>
/// Counts what a plugin's reaction does wrong, and lets it rest after five failures in a row: its events then wait as failed
/// ones, to be tried again when an administrator resumes it. Time limit, retries and dead letters are the pump's.
/// </summary>
internal sealed class GuardedReaction<TReaction>(TReaction reaction, PluginCatalog catalog) : IReaction
    where TReaction : class, IReaction
{
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        var plugin = catalog.Loaded.First(other => other.Contents!.Reactions.Exists(IsThis));
        var health = plugin.Health;
        if (health.IsSwitchedOff)
        {
            return;
        }

        var handler = $"reaction {plugin.Contents!.Reactions.Find(IsThis)!.Name}";
        if (health.IsPaused(handler))
        {
            throw new ReactionPausedException(handler);
        }

        try
        {
            await reaction.ReactAsync(@event, cancellation);
            health.Succeeded(handler);
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            throw;
        }
    }

    private static bool IsThis(Loading.ReactionRegistration registration) =>
        registration.Type == typeof(GuardedReaction<TReaction>);
}

/// <summary>A reaction rests after too many failures in a row.</summary>
public sealed class ReactionPausedException(string handler)
    : Exception(
        $"The {handler} rests after {PluginHealth.PausesAfter} failures in a row; resume it in the administration."
    );
