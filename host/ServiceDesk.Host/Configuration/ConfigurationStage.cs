using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>The configuration documents and their snapshot.</summary>
public static class ConfigurationStage
{
    public static WebApplicationBuilder AddConfigurationDocuments(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DocumentSchemas>();
        services.AddSingleton<DocumentText>();
        services.AddSingleton<IDocumentCheck, QueryChecks>();
        services.AddSingleton<RoleHolding>();
        services.AddSingleton<KnownPermissions>();
        services.AddSingleton<DocumentUses>();
        services.AddSingleton<IChangeCheck, RoleChangeCheck>();
        services.AddSingleton<IChangeCheck, DocumentUseCheck>();
        services.AddSingleton<ConfigurationReview>();
        services.AddSingleton<ConfigurationCache>();
        services.AddSingleton<ICurrentConfiguration>(provider => provider.GetRequiredService<ConfigurationCache>());
        services.AddSingleton<IConfigurationReader>(provider => provider.GetRequiredService<ConfigurationCache>());
        services.AddSingleton<ConfigurationWriter>();
        services.AddSingleton<ShippedDocuments>();
        services.AddSingleton<DeskTemplates>();
        services.AddSingleton<NewDesks>();
        services.AddSingleton<IConfigurationEditor, ConfigurationEditor>();
        services.AddSingleton<IStartupStep, ConfigurationStartup>();
        services.AddHostedService<ConfigurationWatch>();
        return builder;
    }
}
