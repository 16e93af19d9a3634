using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Host.Reactions.Rules.Recipes;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Rules: what the product does by itself.</summary>
public static class RulesStage
{
    internal static void AddRules(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var plugins = provider.GetRequiredService<PluginCatalog>();
            return new RuleVocabulary([.. plugins.RuleTriggers], [.. plugins.RuleActions], [.. plugins.Relations])
            {
                Recipients = [.. plugins.Recipients.Select(recipient => recipient.Definition)],
            };
        });
        services.AddSingleton(provider => new RuleCheck(
            provider.GetRequiredService<RuleVocabulary>(),
            Schedules.Wrong
        ));
        services.AddSingleton<IDocumentCheck>(provider => provider.GetRequiredService<RuleCheck>());
        services.AddSingleton<IDocumentCheck, EscalationCheck>();
        services.AddSingleton<IDocumentCheck, TransitionRuleCheck>();
        services.AddSingleton<PastConfigurations>();
        services.AddSingleton<TicketsAsTheyWere>();
        services.AddSingleton<CauseChains>();
        services.AddSingleton<PluginRecipients>();
        services.AddSingleton<RuleFactsSource>();
        services.AddSingleton<RuleActions>();
        services.AddSingleton(provider => new RuleScripts(provider.GetRequiredService<IScriptRunner>));
        services.AddSingleton<RuleConditions>();
        services.AddSingleton<RuleRunner>();
        services.AddSingleton<RuleTrial>();
        services.AddSingleton<RuleRecipes>();
        services.AddSingleton<RuleOrder>();
        services.AddSingleton<RuleDrafting>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<IDocumentPreparation>(provider => provider.GetRequiredService<WebhookSecrets>());
        services.AddSingleton<IStartupStep, SecretsOutOfDocuments>();
        services.AddSingleton<WebhookReaction>();
        services.AddSingleton(new PumpedReaction(WebhookReaction.Name, typeof(WebhookReaction)));
        services.AddSingleton<RuleReaction>();
        services.AddSingleton(new PumpedReaction(RuleReaction.Name, typeof(RuleReaction)));
        services.AddSingleton<RuleWaits>();
        services.AddHostedService(provider => provider.GetRequiredService<RuleWaits>());
        services.AddSingleton<RuleSchedules>();
        services.AddHostedService(provider => provider.GetRequiredService<RuleSchedules>());
        services.AddSingleton<IUpkeepTask, ForgetRuleRuns>();
    }
}
