using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A plugin's decider: what it throws becomes a refusal that names the plugin.</summary>
internal static class GuardedDecider
{
    public static Func<TicketState, TicketCommand, DecisionContext, Decision> Around<TCommand>(
        ICommandDecider<TCommand> decider,
        PluginHealth health
    )
        where TCommand : TicketCommand
    {
        var handler = $"command {typeof(TCommand).Name}";
        return (ticket, command, context) =>
        {
            if (health.IsSwitchedOff)
            {
                return Decision.Refuse(Refusal.Conflict("plugins.refusal.switched-off", health.Name));
            }

            try
            {
                var decision = decider.Decide(ticket, (TCommand)command, context);
                health.Succeeded(handler);
                return decision;
            }
            catch (Exception exception)
            {
                health.Count(handler, exception);
                return Decision.Refuse(Refusal.Conflict("plugins.refusal.command-failed", health.Name));
            }
        };
    }
}
