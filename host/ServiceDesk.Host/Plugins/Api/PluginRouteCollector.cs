using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Api;

/// <summary>Collects the routes of one plugin apart from the server's, below <c>/api/v1/plugins/ID</c>.</summary>
internal sealed class PluginRouteCollector(IServiceProvider services) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider { get; } = services;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);

    /// <summary>The plugin's routes, in the API's description under its name. What its code throws is thrown here.</summary>
    public static IReadOnlyList<RouteEndpoint> Collect(
        PluginManifest plugin,
        PluginContents contents,
        IServiceProvider services
    )
    {
        var collector = new PluginRouteCollector(services);
        var group = collector.MapGroup(RoutePatternFactory.Parse($"/api/v1/plugins/{plugin.Id}")).WithTags(plugin.Name);
        foreach (var map in contents.Apis)
        {
            map(group);
        }

        return
        [
            .. collector
                .DataSources.SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(WithoutNamelessBody),
        ];
    }

    // Where a route's parameters are gathered in one type, the compiler of routes says that it takes a body of no type, which the
    // API's description would have to show.
    private static RouteEndpoint WithoutNamelessBody(RouteEndpoint route) =>
        route.Metadata.Any(IsNamelessBody)
            ? new(
                route.RequestDelegate!,
                route.RoutePattern,
                route.Order,
                new EndpointMetadataCollection(route.Metadata.Where(metadata => !IsNamelessBody(metadata))),
                route.DisplayName
            )
            : route;

    private static bool IsNamelessBody(object metadata) => metadata is IAcceptsMetadata { RequestType: null };

    /// <summary>The first route that does not say who may use it; null when all do.</summary>
    public static string? WithoutPolicy(IEnumerable<RouteEndpoint> routes) =>
        routes
            .FirstOrDefault(route =>
                route.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || (
                    !route.Metadata.OfType<IAuthorizeData>().Any(data => !string.IsNullOrEmpty(data.Policy))
                    && route.Metadata.GetMetadata<AuthorizationPolicy>() is null
                )
            )
            ?.RoutePattern.RawText;
}
