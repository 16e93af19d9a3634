using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>
/// Counts what a plugin's reaction does wrong, so that the pump lets it rest after five failures in a row; its cursor then
/// waits until an administrator resumes it. What was already under way goes back to the pump as a failed try.
/// </summary>
internal sealed class GuardedReaction<TReaction>(TReaction reaction, PluginCatalog catalog) : IReaction
    where TReaction : class, IReaction
{
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        var plugin = catalog.Loaded.First(other => other.Contents!.Reactions.Exists(IsThis));
        var health = plugin.Health;
        var handler = plugin.Contents!.Reactions.Find(IsThis)!.Handler;
        if (health.IsSwitchedOff || health.IsPaused(handler))
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
