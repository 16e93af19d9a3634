using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A plugin's words for rules. A trigger that throws sets nothing off, and an action that throws is refused; both are counted.</summary>
internal static class GuardedRuleParts
{
    public static RuleTriggerDefinition Around(RuleTriggerDefinition trigger, PluginHealth health)
    {
        var handler = $"rule trigger {trigger.Id}";
        return trigger with
        {
            Matches = (recorded, parameters) =>
            {
                try
                {
                    return !health.IsSwitchedOff && trigger.Matches(recorded, parameters);
                }
                catch (Exception exception)
                {
                    health.Count(handler, exception);
                    return false;
                }
            },
        };
    }

    public static RuleActionDefinition Around(RuleActionDefinition action, PluginHealth health)
    {
        var handler = $"rule action {action.Id}";
        return action with
        {
            Commands = (ticket, parameters) =>
            {
                try
                {
                    return health.IsSwitchedOff ? [] : action.Commands(ticket, parameters);
                }
                catch (Exception exception)
                {
                    health.Count(handler, exception);
                    throw;
                }
            },
        };
    }
}
