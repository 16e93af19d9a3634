using Microsoft.Extensions.Primitives;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Api;

/// <summary>The routes of all plugins in the server's table.</summary>
internal static class PluginRoutes
{
    public static void Map(WebApplication app, PluginCatalog catalog)
    {
        var texts = app.Services.GetRequiredService<ITexts>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        foreach (var plugin in catalog.Loaded.Where(plugin => plugin.Contents!.Apis.Count > 0))
        {
            try
            {
                var routes = PluginRouteCollector.Collect(plugin.Manifest!, plugin.Contents!, app.Services);
                var guard = new GuardedRoutes(plugin.Health, texts, time);
                ((IEndpointRouteBuilder)app).DataSources.Add(new Source([.. routes.Select(guard.Around)]));
            }
            catch (Exception exception)
            {
                plugin.Health.Count("routes", exception);
            }
        }
    }

    private sealed class Source(IReadOnlyList<Endpoint> endpoints) : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints { get; } = endpoints;

        public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }
}
