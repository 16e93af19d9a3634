using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A plugin's words for rules. A trigger that throws sets nothing off, an action that throws is refused, a relation that throws relates nothing, and choices that throw are none; all are counted.</summary>
internal static class GuardedRuleParts
{
    public static RuleTriggerDefinition Around(RuleTriggerDefinition trigger, PluginHealth health)
    {
        var handler = $"rule trigger {trigger.Id}";
        return trigger with
        {
            Parameters = Around(trigger.Parameters, handler, health),
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
            Parameters = Around(action.Parameters, handler, health),
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

    public static RelationDefinition Around(RelationDefinition relation, PluginHealth health)
    {
        var handler = $"relation {relation.Id}";
        return relation with
        {
            Related = (ticket, way) => Safely(() => relation.Related(ticket, way), handler, health),
            Ways = configuration => Safely(() => relation.Ways(configuration), handler, health),
            Join = relation.Join is { } join
                ? (key, way) =>
                {
                    try
                    {
                        return join(key, way);
                    }
                    catch (Exception exception)
                    {
                        health.Count(handler, exception);
                        throw;
                    }
                }
                : null,
        };
    }

    private static ValueList<RuleParameter> Around(
        ValueList<RuleParameter> parameters,
        string handler,
        PluginHealth health
    ) =>
        parameters
            .Select(parameter =>
                parameter.Choices is { } choices
                    ? parameter with
                    {
                        Choices = configuration => Safely(() => choices(configuration), handler, health),
                    }
                    : parameter
            )
            .ToValueList();

    private static ValueList<T> Safely<T>(Func<ValueList<T>> ask, string handler, PluginHealth health)
    {
        try
        {
            return health.IsSwitchedOff ? [] : ask();
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
            return [];
        }
    }
}
