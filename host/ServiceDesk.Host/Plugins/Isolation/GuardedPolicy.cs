using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>
/// A plugin's policy that cannot break a ticket. A check that throws refuses what people, rules and scripts ask, naming the
/// plugin, because a rule that is skipped unseen is worse than a no with a remedy; it never holds up timers and imports. What
/// should have followed is left out and counted. Decision record 0020.
/// </summary>
internal sealed class GuardedPolicy(ITicketPolicy policy, PluginHealth health) : ITicketPolicy
{
    private readonly string handler = $"policy {policy.GetType().Name}";

    public IEnumerable<Refusal> Check(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (health.IsSwitchedOff)
        {
            return [];
        }

        try
        {
            var refusals = policy.Check(before, after, events, context).ToList();
            health.Succeeded(handler);
            return refusals;
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            return context.Envelope.Actor.Kind is ActorKind.System or ActorKind.Import
                ? []
                : [Refusal.Conflict("plugins.refusal.check-failed", health.Name)];
        }
    }

    public IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (health.IsSwitchedOff)
        {
            return [];
        }

        try
        {
            var followed = policy.Follow(before, after, events, context).ToList();
            health.Succeeded(handler);
            return followed;
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            return [];
        }
    }
}
