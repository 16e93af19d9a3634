using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Pages.Slots;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Host.Plugins.Api;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Host.Plugins.Razor;
using ServiceDesk.Host.Plugins.Settings;
using ServiceDesk.Host.Plugins.Tables;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins;

/// <summary>Loads the plugins before anything is built from them, then gives each of their parts to the room where it belongs.</summary>
public static class PluginsStage
{
    /// <summary>Loads the plugins and registers what they bring.</summary>
    public static WebApplicationBuilder AddPlugins(this WebApplicationBuilder builder)
    {
        var options = PluginFolders.Options(builder.HostOptions());
        var marks = new PluginMarks(options.MarksFolder);
        var catalog = new PluginLoader(options, marks).Load();
        foreach (var plugin in catalog.Loaded)
        {
            Register(builder.Services, plugin);
        }

        PluginViews.AddParts(builder.Services, catalog);
        builder.Services.AddSingleton(catalog);
        builder.Services.AddSingleton(catalog.Extensions);
        builder.Services.AddSingleton(marks);
        builder.Services.AddSingleton<IPluginAdministration, PluginAdministration>();
        builder.Services.AddSingleton<ISlotFailures, SlotFailures>();
        builder.Services.AddSingleton<IDocumentCheck, PluginSettingsCheck>();
        builder.Services.AddSingleton<PluginFacts>();
        builder.Services.AddSingleton<PluginSuggestions>();
        builder.Services.AddSingleton<PluginDemoData>();
        builder.Services.AddSingleton<PluginJobs>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PluginJobs>());
        builder.Services.AddSingleton<PluginProjections>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PluginProjections>());
        builder.Services.AddSingleton<IReportSeries, PluginReportSeries>();
        builder.Services.AddSingleton<ITicketSets, PluginTicketSets>();
        builder.Services.AddSingleton<IConfigurationWriter, PluginConfigurationWriter>();
        builder.Services.AddSingleton<PluginLog>();
        builder.Services.AddSingleton<PluginSettingsEditor>();
        builder.Services.AddSingleton<IPluginDatabase, PluginDatabase>();
        builder.Services.AddSingleton<IStartupStep, PluginTablesStartup>();
        builder.Services.AddSingleton<IStartupStep, PermissionGrants>();

        // What a plugin's services lack must fail where it is asked for, not the start of the server.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        return builder;
    }

    /// <summary>Serves the plugins' files and hides those that are switched off; in front of what asks who somebody is.</summary>
    public static WebApplication UsePluginFiles(this WebApplication app)
    {
        var catalog = app.Services.GetRequiredService<PluginCatalog>();
        PluginFiles.HideSwitchedOff(app, catalog);
        PluginFiles.Use(app, catalog);
        return app;
    }

    /// <summary>Maps the plugins' routes.</summary>
    public static WebApplication MapPlugins(this WebApplication app)
    {
        var catalog = app.Services.GetRequiredService<PluginCatalog>();
        foreach (var plugin in catalog.All)
        {
            plugin.Health.Clock = app.Services.GetRequiredService<IClock>();
        }

        app.Services.GetRequiredService<PluginLog>().Follow(catalog);
        PluginRoutes.Map(app, catalog);
        return app;
    }

    private static void Register(IServiceCollection services, InstalledPlugin plugin)
    {
        GuardedServices.Merge(services, plugin);
        var contents = plugin.Contents!;
        foreach (var view in contents.SlotViews)
        {
            services.AddSingleton(view);
        }

        foreach (var texts in contents.Texts)
        {
            services.AddSingleton(texts);
        }

        if (contents.Settings is { } settings)
        {
            SettingsRegistration.Add(services, plugin.Id, settings);
        }
    }
}
