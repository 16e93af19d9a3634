using ServiceDesk.Host.Plugins.Api;
using ServiceDesk.Host.Plugins.Razor;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Rules that concern everything a plugin registered, checked before any of it counts.</summary>
internal static class PluginRules
{
    public static void Check(InstalledPlugin plugin, PluginContents contents, IReadOnlyList<InstalledPlugin> loaded)
    {
        NothingOfTheProductIsReplaced(contents);
        NoQueryNameIsTaken(contents, loaded);
        PluginViews.Check(plugin.Id, contents);
        var routes = PluginRouteCollector.Collect(plugin.Manifest!, contents, new RouteProbe());
        if (PluginRouteCollector.WithoutPolicy(routes) is { } open)
        {
            throw new PluginRefusedException(PluginReason.Of("plugins.reason.route-without-policy", open));
        }
    }

    /// <summary>A later registration of a port would replace the product's own, and with it the one door to tickets.</summary>
    private static void NothingOfTheProductIsReplaced(PluginContents contents)
    {
        foreach (var service in contents.Services.Select(descriptor => descriptor.ServiceType))
        {
            var definition = service.IsGenericType ? service.GetGenericTypeDefinition() : service;
            var isPort = definition.Assembly == typeof(IServiceDeskPlugin).Assembly;
            var isHosts =
                definition.Assembly.GetName().Name is "ServiceDesk.Host" or "ServiceDesk.Storage" or "ServiceDesk.Core";
            if (isPort || isHosts || definition == typeof(IStartupFilter))
            {
                throw new PluginRefusedException(PluginReason.Of("plugins.reason.replaces-port", service.Name));
            }
        }
    }

    private static void NoQueryNameIsTaken(PluginContents contents, IReadOnlyList<InstalledPlugin> loaded)
    {
        var taken = loaded.SelectMany(other => other.Contents!.QueryFields).Select(field => field.Name).ToHashSet();
        foreach (var field in contents.QueryFields)
        {
            if (!taken.Add(field.Name))
            {
                throw new PluginRefusedException(PluginReason.Of("plugins.reason.double", field.Name));
            }
        }

        var functions = loaded
            .SelectMany(other => other.Contents!.QueryFunctions)
            .Select(function => function.Name)
            .Concat(["sla", "field"])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var function in contents.QueryFunctions)
        {
            if (!functions.Add(function.Name))
            {
                throw new PluginRefusedException(PluginReason.Of("plugins.reason.double", function.Name));
            }
        }
    }
}
