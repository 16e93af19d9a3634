using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Api.Modules;
using ServiceDesk.Host.Scripting.Documents;
using ServiceDesk.Host.Scripting.Http;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Uses;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Scripting;

namespace ServiceDesk.Host.Scripting;

/// <summary>JavaScript of administrators.</summary>
public static class ScriptsStage
{
    public static WebApplicationBuilder AddScripts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ScriptMetrics>();
        services.AddSingleton(new ScriptWorkerOptions());
        services.AddSingleton<ScriptWorkers>();
        services.AddSingleton<ScriptSources>();
        services.AddSingleton<ScriptLibraries>();
        services.AddSingleton<IDocumentPreparation, ScriptPreparation>();
        services.AddSingleton<IDocumentCheck, ScriptCheck>();
        services.AddSingleton<IChangeCheck, ActorChangeCheck>();
        AddApi(services);
        AddRuns(services);
        AddUses(services);
        return builder;
    }

    private static void AddApi(IServiceCollection services)
    {
        services.AddSingleton<INetwork, Network>();
        services.AddSingleton<GuardedHttp>();
        services.AddSingleton<IDocumentCheck, AllowedHostCheck>();
        services.AddSingleton<Approving>();
        services.AddSingleton<Branching>();
        services.AddSingleton<IHostModule, TicketModule>();
        services.AddSingleton<IHostModule, TicketsModule>();
        services.AddSingleton<IHostModule, PeopleModule>();
        services.AddSingleton<IHostModule, DesksModule>();
        services.AddSingleton<IHostModule, CalendarsModule>();
        services.AddSingleton<IHostModule, SlaModule>();
        services.AddSingleton<IHostModule, StoreModule>();
        services.AddSingleton<IHostModule, I18nModule>();
        services.AddSingleton<IHostModule, HttpModule>();
        services.AddSingleton<ScriptApi>();
        services.AddSingleton<ScriptReference>();
    }

    private static void AddUses(IServiceCollection services)
    {
        services.AddSingleton(provider => new ScriptGuards(provider.GetRequiredService<IScriptRunner>));
        services.AddSingleton<IScripts, PluginScripts>();
        services.AddSingleton(new PumpedReaction(TransitionFollowers.Name, typeof(TransitionFollowers)));
        services.AddSingleton(new PumpedReaction(ComputedFields.Name, typeof(ComputedFields)));
    }

    private static void AddRuns(IServiceCollection services)
    {
        services.AddSingleton<ScriptDoors>();
        services.AddSingleton<ScriptRunLog>();
        services.AddSingleton<IScriptRunner, ScriptRunner>();
        services.AddSingleton(new PumpedReaction(ScriptHandlers.Name, typeof(ScriptHandlers)));
        services.AddSingleton<ScriptJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<ScriptJobs>());
        services.AddSingleton<IUpkeepTask, ForgetRuns>();
    }
}
