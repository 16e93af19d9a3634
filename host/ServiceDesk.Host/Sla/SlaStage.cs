using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Sla;

/// <summary>The SLA engine with the query language, and the checks of its documents.</summary>
public static class SlaStage
{
    public static WebApplicationBuilder AddSla(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PluginHappening>(services =>
        {
            var vocabulary = services.GetRequiredService<RuleVocabulary>();
            return (word, recorded, with) => vocabulary.Trigger(word)?.Matches(recorded, with) == true;
        });
        builder.Services.AddSingleton<SlaFold>();
        builder.Services.AddSingleton<ISlaFold>(provider => provider.GetRequiredService<SlaFold>());
        builder.Services.AddSingleton<AgreementReview>();
        builder.Services.AddSingleton<CustomerAgreements>();
        builder.Services.AddSingleton<IUpkeepTask, RemindReviews>();
        builder.Services.AddSingleton<IWorkingTime, WorkingTime>();
        builder.Services.AddSingleton<IDocumentCheck, SlaPolicyCheck>();
        builder.AddSlaTrials();
        return builder;
    }
}
