using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Plugins;

/// <summary>Loads the plugins before anything is built from them.</summary>
public static class PluginsStage
{
    public static WebApplicationBuilder AddPlugins(this WebApplicationBuilder builder)
    {
        var host = builder.HostOptions();
        var marks = new PluginMarks(Path.Combine(host.DataFolder, "plugin-marks"));
        var catalog = new PluginLoader(PluginFolders.Options(host), marks).Load();
        foreach (var plugin in catalog.Loaded)
        {
            foreach (var descriptor in plugin.Contents!.Services)
            {
                builder.Services.Add(descriptor);
            }
        }

        builder.Services.AddSingleton(catalog);
        builder.Services.AddSingleton(catalog.Extensions);
        builder.Services.AddSingleton(marks);
        return builder;
    }

    public static WebApplication MapPlugins(this WebApplication app) => app;
}
